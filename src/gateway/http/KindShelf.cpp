#include "gateway/http/KindShelf.h"

#include <sys/stat.h>

#include "base/Log.h"

namespace tram::gateway {

namespace fs = std::filesystem;

base::Result<std::unique_ptr<KindShelf>> KindShelf::open(const fs::path& dir) {
    auto shelf = std::unique_ptr<KindShelf>(new KindShelf(dir));
    shelf->stamp_ = shelf->stamp();
    return shelf->read().map([&] { return std::move(shelf); });
}

/// In whatever order the directory gives them: it is the same one as long as nothing changes. With the inode,
/// for files that were put in place by renaming, with an old time.
std::string KindShelf::stamp() const {
    std::string stamp;
    const auto add = [&](const fs::path& file) {
        struct stat info{};
        if (::stat(file.c_str(), &info) != 0) return;
        stamp += file.filename().string() + ' ' + std::to_string(info.st_ino) + ' ' +
                 std::to_string(info.st_size) + ' ' + std::to_string(info.st_mtim.tv_sec) + '.' +
                 std::to_string(info.st_mtim.tv_nsec) + '\n';
    };
    std::error_code wrong;
    for (const auto& entry : fs::directory_iterator(dir_ / "kinds", wrong)) add(entry.path());
    add(dir_ / "groups.json");
    return stamp;
}

base::Result<void> KindShelf::read() const {
    auto read = catalogue::Catalogue::loadReadable(dir_);
    if (!read) return tl::unexpected(read.error());
    read->logLeftOut();
    kinds_ = std::make_shared<const catalogue::Catalogue>(std::move(*read));
    return {};
}

/// The stamp is taken first: what changes while it is read is seen the next time.
std::shared_ptr<const catalogue::Catalogue> KindShelf::now() const {
    const std::lock_guard lock(mutex_);
    if (auto stamp = this->stamp(); stamp != stamp_) {
        stamp_ = std::move(stamp);
        if (const auto again = read(); !again)
            base::log::problem("kinds_not_readable", again.error());
        else
            base::log::info("kinds_read", {{"count", kinds_->kinds().size()}});
    }
    return kinds_;
}

}  // namespace tram::gateway
