#include "gateway/http/PackDownload.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace tram::gateway {

PackDownload::PackDownload(PackLoad& load, const std::filesystem::path& file, const base::Clock& clock)
    : load_(load),
      pace_(clock, kLeastPerSecond),
      file_(open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)) {
    struct stat info{};
    if (file_ >= 0 && fstat(file_, &info) == 0 && S_ISREG(info.st_mode))
        size_ = static_cast<std::uint64_t>(info.st_size);
}

PackDownload::~PackDownload() {
    if (file_ >= 0) close(file_);
    if (counted_) --load_.all;
    if (large_) --load_.large;
}

bool PackDownload::begin(std::uint64_t bytes) {
    counted_ = true;
    if (load_.all++ >= PackLoad::kMost) return false;
    if (bytes <= PackLoad::kPiece) return true;
    large_ = true;
    return load_.large++ < PackLoad::kMostLarge;
}

bool PackDownload::write(std::uint64_t offset, std::size_t most, const Out& out) {
    if (pace_.tooSlow(written_)) return false;
    std::array<char, 64 * 1024> piece;
    const auto got = pread(file_, piece.data(), std::min(most, piece.size()), static_cast<off_t>(offset));
    if (got <= 0) return false;
    written_ += static_cast<std::size_t>(got);
    return out(piece.data(), static_cast<std::size_t>(got));
}

}  // namespace tram::gateway
