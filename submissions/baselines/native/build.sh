#!/usr/bin/env bash
# Builds libtouchstone_torch.so, the C ABI over libtorch that the baselines' worker loads. What is up to date is left alone.
set -euo pipefail

usage() {
  cat <<'USAGE'
build.sh [--torch DIR] [--output FILE]

  --torch DIR     a PyTorch or libtorch of your own: the folder that holds include/ and lib/. With Python's:
                  --torch "$(python3 -c 'import torch, os; print(os.path.dirname(torch.__file__))')"
                  CUDA comes with it; no CUDA toolkit is needed. Default: Debian's libtorch-dev
  --output FILE   default .artifacts/native/libtouchstone_torch.so at the top of the repository
USAGE
}

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
output=$(cd "$here/../../.." && pwd)/.artifacts/native/libtouchstone_torch.so
torch=
while (($#)); do
  case $1 in
    --torch) torch=$(cd "${2:?--torch needs a folder}" && pwd); shift 2 ;;
    --output) output=${2:?--output needs a file}; shift 2 ;;
    --help | -h) usage; exit 0 ;;
    *) echo "build.sh: unknown option $1" >&2; usage >&2; exit 2 ;;
  esac
done

if [[ -n $torch ]]; then
  include=$torch/include
  libraries=$torch/lib
else
  include=/usr/include
  libraries=$(dirname "$(ls /usr/lib/*/libtorch_cpu.so 2> /dev/null | head -n 1)")
fi
[[ -f $include/torch/script.h && -f $libraries/libtorch_cpu.so ]] || {
  echo "build.sh: no libtorch in ${torch:-/usr}: install Debian's libtorch-dev and libopenblas0-pthread, or give --torch" >&2
  exit 1
}
command -v g++ > /dev/null || { echo "build.sh: no g++; install it" >&2; exit 1; }

# The language of libtorch's own headers, and the ABI of std::string that it was built with.
includes=(-isystem "$include/torch/csrc/api/include")
[[ $include == /usr/include ]] || includes+=(-isystem "$include") # naming the system's own folder breaks its headers
version=$(printf '#include <torch/version.h>\nTORCH_VERSION_MAJOR TORCH_VERSION_MINOR\n' \
  | g++ -E -P -x c++ "${includes[@]}" - | tail -n 1 | tr ' ' .)
standard=c++17
[[ $(printf '%s\n2.9\n' "$version" | sort -V | head -n 1) == 2.9 ]] && standard=c++20
abi=0
[[ $(nm -D "$libraries/libc10.so" | grep -c __cxx11) -gt 0 ]] && abi=1
cuda=()
[[ -f $libraries/libtorch_cuda.so ]] && cuda=(-Wl,--no-as-needed -ltorch_cuda -lc10_cuda -Wl,--as-needed)

stamp="$(sha256sum < "$here/torch_shim.cpp" | cut -c1-16) $(sha256sum < "${BASH_SOURCE[0]}" | cut -c1-16) $libraries $version"
if [[ -f $output && -f $output.stamp && $(< "$output.stamp") == "$stamp" ]]; then
  echo "$output is up to date (libtorch $version)"
  exit 0
fi

mkdir -p "$(dirname "$output")"
echo "Compiling for libtorch $version ($standard${cuda[0]:+, CUDA})…"
g++ -std=$standard -O1 -fPIC -shared -fvisibility=hidden -D_GLIBCXX_USE_CXX11_ABI=$abi -Wall -Wno-unknown-pragmas \
  "${includes[@]}" "$here/torch_shim.cpp" -o "$output.part" \
  -L"$libraries" -Wl,-rpath,"$libraries" -Wl,--no-undefined -Wl,-z,now "${cuda[@]}" -ltorch -ltorch_cpu -lc10
mv "$output.part" "$output"
echo "$stamp" > "$output.stamp"
echo "$output"
