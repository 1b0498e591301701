#include "gateway/inbox/Attachments.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <vector>

#include "base/Files.h"
#include "gateway/storage/Sql.h"

namespace tram::gateway {
namespace {

namespace fs = std::filesystem;
using base::ProblemKind;
using base::Result;

// What the smallest file takes of the usual file systems.
constexpr std::int64_t kBlock = 4096;

std::size_t sizeOf(const fs::path& path) {
    std::error_code error;
    const auto size = fs::file_size(path, error);
    return error ? 0 : static_cast<std::size_t>(size);
}

tl::unexpected<base::Problem> standsAt(std::size_t offset) {
    return base::fail(ProblemKind::Conflict, {{"offset", std::to_string(offset)}});
}

/// A row of a damaged or foreign store may say anything; such names stay in their directory.
bool arePlain(const std::string& kiosk, const std::string& sha256) {
    const auto plain = [](const std::string& name) {
        return !name.empty() && std::ranges::all_of(name, [](unsigned char c) {
            return ('0' <= c && c <= '9') || ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || c == '-';
        });
    };
    return plain(kiosk) && plain(sha256);
}

Result<std::string> hashOfFile(int fd) {
    crypto::Sha256 hash;
    std::vector<unsigned char> piece(1u << 16);
    off_t at = 0;
    for (;;) {
        const auto got = pread(fd, piece.data(), piece.size(), at);
        if (got < 0) return tl::unexpected(base::fileProblem(errno, {}));
        if (got == 0) return hash.finishHex();
        hash.add({piece.data(), static_cast<std::size_t>(got)});
        at += got;
    }
}

/// It may be of somebody who gave no name, and is copied with its times into backups (STANDARDS 14).
bool forgetMinute(int fd) {
    struct stat info{};
    if (fstat(fd, &info) != 0) return false;
    const timespec hour{info.st_mtim.tv_sec - info.st_mtim.tv_sec % 3600, 0};
    const timespec times[] = {hour, hour};
    return futimens(fd, times) == 0;
}

Result<void> syncDirectory(const fs::path& dir) {
    const int fd = open(dir.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return tl::unexpected(base::fileProblem(errno, dir));
    const int done = fsync(fd);
    close(fd);
    if (done != 0) return tl::unexpected(base::fileProblem(errno, dir));
    return {};
}

/// A kiosk's, and the one that holds them all. Their names have to last as well.
Result<void> makeDirectory(const fs::path& dir) {
    std::error_code error;
    if (!fs::create_directories(dir, error)) {
        if (error) return tl::unexpected(base::fileProblem(error.value(), dir));
        return {};
    }
    for (const auto& above : {dir.parent_path(), dir.parent_path().parent_path()})
        if (auto synced = syncDirectory(above); !synced) return synced;
    return {};
}

}  // namespace

fs::path Attachments::file(const std::string& kiosk, const std::string& sha256) const {
    return storage_.dir / "attachments" / kiosk / sha256;
}

fs::path Attachments::part(const std::string& kiosk, const std::string& sha256) const {
    return file(kiosk, sha256).concat(".part");
}

Result<UploadState> Attachments::state(const std::string& kiosk, const std::string& sha256) {
    if (!arePlain(kiosk, sha256)) return base::fail(ProblemKind::Malformed);
    if (fs::exists(file(kiosk, sha256))) return UploadState{sizeOf(file(kiosk, sha256)), true};
    return UploadState{sizeOf(part(kiosk, sha256)), false};
}

Result<void> Attachments::reserve(const std::string& kiosk, const std::string& sha256, std::size_t total,
                                  base::WallTime now) {
    return storage_.city->write([&](SQLite::Database& db) -> Result<void> {
        auto used = sql::query(db,
                               "SELECT coalesce(sum((total + ?1 - 1) / ?1 * ?1), 0) FROM attachments "
                               "WHERE kiosk = ?2 AND envelope IS NULL AND sha256 <> ?3",
                               kBlock, kiosk, sha256);
        used.executeStep();
        const auto more = (static_cast<std::int64_t>(total) + kBlock - 1) / kBlock * kBlock;
        if (static_cast<std::size_t>(used.getColumn(0).getInt64() + more) > limits_.kioskQuota)
            return base::fail(ProblemKind::DiskFull, {{"detail", "quota"}});
        sql::exec(db, R"sql(INSERT INTO attachments (kiosk, sha256, total, touched_at) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT DO UPDATE SET total = ?3, touched_at = ?4)sql",
                  kiosk, sha256, static_cast<std::int64_t>(total), sql::millis(base::coarseToHour(now)));
        return {};
    });
}

Result<std::unique_ptr<Attachments::Upload>> Attachments::begin(const std::string& kiosk,
                                                                const std::string& sha256, std::size_t total,
                                                                std::size_t offset, base::WallTime now) {
    if (total > limits_.maxBytes || total == 0) return base::fail(ProblemKind::TooLarge);
    std::lock_guard lock(mutex_);
    const auto stands = state(kiosk, sha256);
    if (!stands) return tl::unexpected(stands.error());
    // offset 0 always starts afresh: a part of wrong bytes must not be able to block its right ones.
    if (busy_.contains(kiosk + sha256) || stands->complete || (offset != 0 && offset != stands->offset))
        return standsAt(stands->offset);
    if (auto reserved = reserve(kiosk, sha256, total, now); !reserved)
        return tl::unexpected(reserved.error());
    if (auto made = makeDirectory(part(kiosk, sha256).parent_path()); !made)
        return tl::unexpected(made.error());
    std::unique_ptr<Upload> upload(new Upload(*this, kiosk, sha256, total, offset));
    const int flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | (offset == 0 ? O_TRUNC : 0);
    upload->fd_ = open(part(kiosk, sha256).c_str(), flags, 0600);
    if (upload->fd_ < 0) return tl::unexpected(base::fileProblem(errno, part(kiosk, sha256)));
    busy_.insert(kiosk + sha256);
    return upload;
}

Attachments::Upload::~Upload() {
    if (fd_ < 0) return;
    close(fd_);
    std::lock_guard lock(owner_.mutex_);
    owner_.busy_.erase(kiosk_ + sha256_);
}

Result<void> Attachments::Upload::add(crypto::ByteView piece) {
    if (piece.size() > total_ - offset_) return base::fail(ProblemKind::TooLarge);
    while (!piece.empty()) {
        const auto wrote = pwrite(fd_, piece.data(), piece.size(), static_cast<off_t>(offset_));
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0) return tl::unexpected(base::fileProblem(errno, {}));
        offset_ += static_cast<std::size_t>(wrote);
        piece = piece.subspan(static_cast<std::size_t>(wrote));
    }
    return {};
}

Result<UploadState> Attachments::Upload::finish() {
    if (offset_ < total_) return UploadState{offset_, false};
    return owner_.keep(kiosk_, sha256_, fd_);
}

Result<UploadState> Attachments::keep(const std::string& kiosk, const std::string& sha256, int fd) {
    const auto growing = part(kiosk, sha256);
    const auto whole = file(kiosk, sha256);
    const auto hash = hashOfFile(fd);
    if (!hash) return tl::unexpected(hash.error());
    if (*hash != sha256) {
        std::error_code ignored;
        fs::remove(growing, ignored);
        return base::fail(ProblemKind::Unprocessable);
    }
    if (!forgetMinute(fd) || fsync(fd) != 0 || rename(growing.c_str(), whole.c_str()) != 0)
        return tl::unexpected(base::fileProblem(errno, whole));
    if (auto synced = syncDirectory(whole.parent_path()); !synced) return tl::unexpected(synced.error());
    return UploadState{sizeOf(whole), true};
}

Result<void> Attachments::drop(const std::string& envelope) {
    struct Named {
        std::string kiosk, sha256;
    };
    const auto named = storage_.city->read([&](SQLite::Database& db) -> Result<std::vector<Named>> {
        std::vector<Named> all;
        auto rows = sql::query(db, "SELECT kiosk, sha256 FROM attachments WHERE envelope = ?", envelope);
        while (rows.executeStep())
            all.push_back({rows.getColumn(0).getString(), rows.getColumn(1).getString()});
        return all;
    });
    if (!named) return tl::unexpected(named.error());
    if (named->empty()) return {};
    for (const auto& [kiosk, sha256] : *named) {
        if (!arePlain(kiosk, sha256)) continue;
        const auto whole = file(kiosk, sha256);
        if (unlink(whole.c_str()) != 0 && errno != ENOENT)
            return tl::unexpected(base::fileProblem(errno, whole));
        if (auto synced = syncDirectory(whole.parent_path());
            !synced && synced.error().kind != ProblemKind::FileMissing)
            return synced;
    }
    return storage_.city->write([&](SQLite::Database& db) -> Result<void> {
        sql::exec(db, "DELETE FROM attachments WHERE envelope = ?", envelope);
        return {};
    });
}

Result<void> Attachments::settleNames() {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(storage_.dir / "attachments", error))
        if (entry.is_directory(error))
            if (auto synced = syncDirectory(entry.path()); !synced) return synced;
    return {};
}

Result<std::size_t> Attachments::sweep(base::WallTime untouchedSince) {
    return storage_.city->write([&](SQLite::Database& db) -> Result<std::size_t> {
        auto rows = sql::query(db, R"sql(DELETE FROM attachments WHERE envelope IS NULL AND touched_at < ?
            AND NOT EXISTS (SELECT 1 FROM envelopes e WHERE e.state = 'quarantined' AND e.kiosk = attachments.kiosk)
            RETURNING kiosk, sha256)sql",
                               sql::millis(untouchedSince));
        std::size_t swept = 0;
        while (rows.executeStep()) {
            const auto kiosk = rows.getColumn(0).getString(), sha256 = rows.getColumn(1).getString();
            ++swept;
            if (!arePlain(kiosk, sha256)) continue;
            std::error_code ignored;
            fs::remove(part(kiosk, sha256), ignored);
            fs::remove(file(kiosk, sha256), ignored);
        }
        return swept;
    });
}

}  // namespace tram::gateway
