/* SPDX-License-Identifier: Apache-2.0 */
/* replay FOLDER: a main for fuzz targets that needs no fuzzer. Runs the target over every file of a
 * corpus, over each file cut short, and over each file with one byte changed, so that every run of
 * the tests also tries a few hundred inputs that nobody wrote. Which ones depends on the corpus
 * alone. Each input is a heap block of exactly its size: the sanitizers see a read past the end. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define VARIANTS 64 /* cuts, and changes, of one file at most */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int run(const uint8_t *data, size_t size) {
    uint8_t *copy = malloc(size > 0 ? size : 1);
    if (copy == NULL) {
        return -1;
    }
    if (size > 0) {
        memcpy(copy, data, size);
    }
    LLVMFuzzerTestOneInput(copy, size);
    free(copy);
    return 0;
}

/* The file itself, VARIANTS prefixes of it, and VARIANTS copies with a byte changed. */
static long run_variants(uint8_t *data, size_t size) {
    static const uint8_t bytes[] = {0x00, 0xff, '"', '{', '\n', '9', '-', ','};
    size_t step = size / VARIANTS + 1;
    long inputs = 1;
    if (run(data, size) != 0) {
        return -1;
    }
    for (size_t at = 0; at < size; at += step) {
        uint8_t saved = data[at];
        if (run(data, at) != 0) {
            return -1;
        }
        data[at] = bytes[(at / step) % sizeof bytes];
        if (run(data, size) != 0) {
            return -1;
        }
        data[at] = saved;
        inputs += 2;
    }
    return inputs;
}

static long run_file(const char *path) {
    struct stat status;
    FILE *file = fopen(path, "rb");
    uint8_t *data = NULL;
    long inputs = -1;
    if (file == NULL || fstat(fileno(file), &status) != 0) {
        goto done;
    }
    size_t size = (size_t)status.st_size;
    data = malloc(size + 1);
    if (data == NULL || fread(data, 1, size, file) != size) {
        goto done;
    }
    inputs = run_variants(data, size);
done:
    free(data);
    if (file != NULL) {
        fclose(file);
    }
    return inputs;
}

static int visible(const struct dirent *entry) {
    return entry->d_name[0] != '.';
}

int main(int argc, char **argv) {
    struct dirent **entries = NULL;
    long inputs = 0;
    int failed = 0;
    if (argc != 2) {
        fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
        return 2;
    }
    int count = scandir(argv[1], &entries, visible, alphasort);
    for (int i = 0; i < count; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", argv[1], entries[i]->d_name);
        long tried = run_file(path);
        if (tried < 0) {
            fprintf(stderr, "cannot replay %s\n", path);
            failed = 1;
        } else {
            inputs += tried;
        }
        free(entries[i]);
    }
    free(entries);
    printf("%d files, %ld inputs\n", count, inputs);
    if (count <= 0) {
        fprintf(stderr, "no corpus in %s\n", argv[1]);
        return 1;
    }
    return failed;
}
