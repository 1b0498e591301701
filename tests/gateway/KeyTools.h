#pragma once
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "LiveCity.h"

namespace tram::test {

/// What the escrows of these tests are locked with.
inline const std::string kPassphrase = "sáu từ chọn bằng xúc xắc";

inline std::filesystem::path writeSecret(const std::filesystem::path& file, const std::string& text) {
    std::ofstream(file) << text << '\n';
    std::filesystem::permissions(file, std::filesystem::perms(0600));
    return file;
}

/// The real command line; what it says on both of its outputs.
inline std::string runQuietly(const std::vector<std::string>& arguments, int& code) {
    std::vector<std::string> argv = {"/bin/sh", "-c", "exec \"$0\" \"$@\" 2>&1", TRAM_GATEWAY};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    return runAndRead(argv, code);
}

}  // namespace tram::test
