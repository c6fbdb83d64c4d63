#!/usr/bin/env bash
# Says which of the packages that we would rather use restore by now from this machine's package source.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for package in TorchSharp SimpleITK Docker.DotNet ScottPlot Microsoft.Data.Sqlite; do
  cat >"$folder/probe.csproj" <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
  <ItemGroup><PackageReference Include="$package" Version="*" /></ItemGroup>
</Project>
XML
  if dotnet restore "$folder" --nologo >"$folder/log" 2>&1; then
    version=$(sed -nE "s|.*\"$package/([^\"]+)\": \{|\1|p" "$folder/obj/project.assets.json" | head -n 1)
    echo "$package restores: $version"
  else
    echo "$package does not restore: $(grep -oE 'error NU[0-9]+' "$folder/log" | sort -u | tr '\n' ' ')"
  fi
  rm -rf "$folder/obj"
done
