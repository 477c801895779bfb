/* SPDX-License-Identifier: Apache-2.0 */
/* Runs the statements of a file through libduckdb.so, which need not be there when this is built.
 * bench_duckdb LIBDUCKDB FILE.sql */
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* duckdb_result of the C interface, whose fields are private: larger than it is. */
typedef struct any_result {
    uint64_t words[32];
} any_result;

typedef int (*open_function)(const char *, void **);
typedef int (*connect_function)(void *, void **);
typedef int (*query_function)(void *, const char *, any_result *);
typedef const char *(*error_function)(any_result *);

static void *find(void *library, const char *name) {
    void *symbol = dlsym(library, name);
    if (symbol == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        exit(1);
    }
    return symbol;
}

int main(int argc, char **argv) {
    static char text[1 << 16];
    open_function open_database;
    connect_function connect;
    query_function query;
    error_function error;
    void *database = NULL;
    void *connection = NULL;
    void *library = argc == 3 ? dlopen(argv[1], RTLD_NOW) : NULL;
    FILE *file = argc == 3 ? fopen(argv[2], "rb") : NULL;
    if (library == NULL || file == NULL) {
        fputs("usage: bench_duckdb LIBDUCKDB FILE.sql\n", stderr);
        return 2;
    }
    *(void **)&open_database = find(library, "duckdb_open");
    *(void **)&connect = find(library, "duckdb_connect");
    *(void **)&query = find(library, "duckdb_query");
    *(void **)&error = find(library, "duckdb_result_error");
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    if (open_database(NULL, &database) != 0 || connect(database, &connection) != 0) {
        return 1;
    }
    for (char *at = text; at != NULL && *at != '\0';) {
        any_result result = {{0}};
        char *end = strstr(at, ";\n");
        if (end != NULL) {
            *end = '\0';
        }
        if (query(connection, at, &result) != 0) {
            fprintf(stderr, "%s\n", error(&result));
            return 1;
        }
        at = end == NULL ? NULL : end + 2;
    }
    return 0;
}
