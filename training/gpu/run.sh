#!/bin/sh
# run.sh PACK RUN [options of train.py]: trains on this machine, with a process for each GPU; see README.md.
here=$(dirname "$0")
python=${PYTHON:-python3}
export PYTHONUNBUFFERED=1
# on a CPU: freed memory is kept instead of being mapped anew at every step (docs/decisions/0016)
export MALLOC_MMAP_THRESHOLD_=33554432 MALLOC_TRIM_THRESHOLD_=8589934592 MALLOC_TOP_PAD_=1073741824
export THP_MEM_ALLOC_ENABLE=1 GLIBC_TUNABLES=glibc.malloc.hugetlb=1
gpus=$(nvidia-smi -L 2>/dev/null | wc -l)
if [ "${PROCESSES:=$gpus}" -gt 1 ]; then
  exec "$python" -m torch.distributed.run --standalone --nproc-per-node "$PROCESSES" "$here/train.py" "$@"
fi
exec "$python" "$here/train.py" "$@"
