/*
 * Stands in for NVIDIA's management library: the same symbols, and a device whose memory follows a known curve. One process
 * uses a triangle (0, up to a peak, and back to 0) beside a constant that others use. Compiled and loaded by the tests.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

typedef struct { unsigned long long total, free, used; } memory_t;
typedef struct { unsigned int gpu, memory; } utilization_t;
typedef struct {
    unsigned int pid;
    unsigned long long used;
    unsigned int gpu_instance, compute_instance;
} process_t;

enum { OK = 0, NOT_FOUND = 6, INSUFFICIENT_SIZE = 7, NOT_SUPPORTED = 3 };

static const unsigned long long others = 512ULL << 20;
static double begin = -1, length, peak;
static unsigned int pid, other_pid = 4000000;
static int tells_processes = 1, tells_sizes = 1;

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec * 1e-9;
}

static unsigned long long used_by_process(void)
{
    double at = (now() - begin) / length;
    return begin < 0 || at < 0 || at > 1 ? 0 : (unsigned long long)(peak * (at < 0.5 ? 2 * at : 2 - 2 * at));
}

/* For the tests: begins the triangle now. */
void stand_in_begin(unsigned int process, double peak_bytes, double seconds)
{
    pid = process;
    peak = peak_bytes;
    length = seconds;
    begin = now();
}

/* For the tests: whether processes are listed at all, and with their memory; and who else computes. */
void stand_in_tell(int processes, int sizes, unsigned int other)
{
    tells_processes = processes;
    tells_sizes = sizes;
    other_pid = other;
}

int nvmlInit_v2(void) { begin = -1; tells_processes = tells_sizes = 1; other_pid = 4000000; return OK; }
int nvmlShutdown(void) { return OK; }
int nvmlSystemGetDriverVersion(char *text, unsigned int size) { snprintf(text, size, "550.00.stand-in"); return OK; }
int nvmlSystemGetCudaDriverVersion_v2(int *version) { *version = 12040; return OK; }

int nvmlDeviceGetHandleByIndex_v2(unsigned int index, void **device)
{
    *device = (void *)1;
    return index == 0 ? OK : NOT_FOUND;
}

int nvmlDeviceGetHandleByUUID(const char *uuid, void **device)
{
    *device = (void *)1;
    return strcmp(uuid, "GPU-stand-in") == 0 ? OK : NOT_FOUND;
}

int nvmlDeviceGetName(void *device, char *text, unsigned int size)
{
    snprintf(text, size, "Stand-in GPU");
    return device == (void *)1 ? OK : NOT_FOUND;
}

int nvmlDeviceGetMemoryInfo(void *device, memory_t *memory)
{
    memory->total = 80ULL << 30;
    memory->used = others + used_by_process();
    memory->free = memory->total - memory->used;
    return device == (void *)1 ? OK : NOT_FOUND;
}

int nvmlDeviceGetUtilizationRates(void *device, utilization_t *rates)
{
    rates->gpu = 40;
    rates->memory = 10;
    return device == (void *)1 ? OK : NOT_FOUND;
}

int nvmlDeviceGetComputeRunningProcesses_v3(void *device, unsigned int *count, process_t *infos)
{
    if (device != (void *)1 || !tells_processes) {
        return NOT_SUPPORTED;
    }

    if (*count < 2) {
        *count = 2;
        return INSUFFICIENT_SIZE;
    }

    *count = begin < 0 ? 1 : 2;
    infos[0] = (process_t){ other_pid, others, 0, 0 };
    infos[1] = (process_t){ pid, tells_sizes ? used_by_process() : ~0ULL, 0, 0 };
    return OK;
}
