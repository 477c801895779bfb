/* SPDX-License-Identifier: Apache-2.0 */
/* Where results go: files in a folder that is made on the way, one file, or stdout. */
#include "cli.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

int join_path(char *path, const char *folder, const char *file) {
    int size = snprintf(path, PATH_SIZE, "%s/%s", folder, file);
    return size > 0 && size < PATH_SIZE;
}

int make_folders(const cli_options *options, const char *folder) {
    char path[PATH_SIZE];
    size_t size = strlen(folder);
    if (size >= sizeof path) {
        return usage_error(options, "路径过长", "the path is too long", folder);
    }
    memcpy(path, folder, size + 1);
    for (size_t i = 1; i <= size; i++) {
        if (path[i] == '/' || path[i] == '\0') {
            char kept = path[i];
            path[i] = '\0';
            if (mkdir(path, 0777) != 0 && errno != EEXIST) {
                fprintf(stderr, "gridgov: %s: %s\n", path, strerror(errno));
                return EXIT_OUTPUT;
            }
            path[i] = kept;
        }
    }
    return EXIT_CLEAN;
}

int write_bytes(const cli_options *options, const gridgov_bytes *bytes, const char *path) {
    size_t size = 0;
    const char *data = gridgov_bytes_data(bytes, &size);
    gridgov_error err = {0};
    if (path != NULL) {
        if (gridgov_bytes_save(bytes, path, &err) == GRIDGOV_OK) {
            return EXIT_CLEAN;
        }
        (void)report_error(options, &err);
        return EXIT_OUTPUT;
    }
    if (fwrite(data, 1, size, stdout) != size) {
        return output_error(errno);
    }
    return finish_output();
}

int output_error(int number) {
    fprintf(stderr, "gridgov: stdout: %s\n", strerror(number));
    return EXIT_OUTPUT;
}

int finish_output(void) {
    return fflush(stdout) == 0 && !ferror(stdout) ? EXIT_CLEAN : output_error(errno);
}

void print_quoted(const char *text) {
    putchar('"');
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\') {
            printf("\\%c", *text);
        } else if ((unsigned char)*text < 0x20) {
            printf("\\u%04x", (unsigned)(unsigned char)*text);
        } else {
            putchar(*text);
        }
    }
    putchar('"');
}
