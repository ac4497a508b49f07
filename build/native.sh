#!/usr/bin/env bash
# Compiles the native executable: build/native.sh [FOLDER], by default artifacts/native.
set -euo pipefail
cd "$(dirname "$0")/.."
source build/need.sh

folder=${1:-artifacts/native}
need gcc libc6-dev zlib1g-dev
dotnet publish src/Waxseal -c Release -r "linux-$(dpkg --print-architecture | sed s/amd64/x64/)" -o "$folder" -v q --nologo
ls -l "$folder/waxseal"
