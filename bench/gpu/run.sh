#!/bin/sh
# run.sh PACK OUT [batches] [rounds]: unpacks what pack.mjs wrote, measures Node's runtime and PyTorch; see README.md.
set -e
pack=$1 out=$2
shift 2
app=$(mktemp -d)
tar xzf "$pack/app.tar.gz" -C "$app"
gunzip -c "$pack/node.gz" >"$app/node"
chmod +x "$app/node"
mkdir -p "$out"
"$app/node" "$app/measure.mjs" "$app/out" "$@"
cp "$app/out/node.json" "$out"
"${PYTHON:-python3}" "$app/peer.py" "$app/out" "$@" || status=$?
cp "$app/out/torch.json" "$out"
rm -r "$app"
exit "${status:-0}"
