#pragma once
#include <filesystem>
#include <map>
#include <string>

#include "base/Result.h"

namespace tram::gateway {

/// By code, in full: "27154" → "Phường Bến Thành".
using WardNames = std::map<std::string, std::string>;

/// resources/content/wards.csv: code,name,type,full_name with one heading line; none of the names holds a
/// comma or a quote. What cannot be read is a Problem of base::readFile.
base::Result<WardNames> readWardNames(const std::filesystem::path& csv);

/// The code itself where there is no such ward (any more).
std::string wardName(const WardNames& wards, const std::string& code);

}  // namespace tram::gateway
