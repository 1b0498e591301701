#include "device/InstalledProgram.h"

#include <sys/stat.h>

namespace tram::device {

namespace {

/// Differs for each file that was ever installed there; "" while there is none.
std::string identityOf(const std::filesystem::path& file) {
    struct stat info{};
    if (::stat(file.c_str(), &info) != 0) return "";
    std::string identity;
    for (const auto part : {static_cast<long long>(info.st_dev), static_cast<long long>(info.st_ino),
                            static_cast<long long>(info.st_size), static_cast<long long>(info.st_mtim.tv_sec),
                            static_cast<long long>(info.st_mtim.tv_nsec)})
        identity += std::to_string(part) + " ";
    return identity;
}

}  // namespace

InstalledProgram::InstalledProgram(std::filesystem::path file)
    : file_(std::move(file)), started_(identityOf(file_)), seen_(started_) {}

bool InstalledProgram::replaced(base::Millis now) {
    auto stands = identityOf(file_);
    if (stands != seen_) {
        seen_ = std::move(stands);
        since_ = now;
    }
    return !seen_.empty() && seen_ != started_ && now - since_ >= kSettled;
}

}  // namespace tram::device
