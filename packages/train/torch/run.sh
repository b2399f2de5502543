#!/bin/sh
# Starts step.py so that freed memory is kept instead of being mapped anew at every step (docs/decisions/0016).
export MALLOC_MMAP_THRESHOLD_=33554432 MALLOC_TRIM_THRESHOLD_=8589934592 MALLOC_TOP_PAD_=1073741824
export THP_MEM_ALLOC_ENABLE=1 GLIBC_TUNABLES=glibc.malloc.hugetlb=1
exec "${PYTHON:-python3}" "$(dirname "$0")/step.py" "$@"
