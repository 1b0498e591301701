#pragma once
#include <filesystem>
#include <memory>
#include <mutex>
#include <set>
#include <string>

#include "base/Clock.h"
#include "base/Result.h"
#include "crypto/Bytes.h"
#include "gateway/storage/Storage.h"

namespace tram::gateway {

struct UploadState {
    std::size_t offset = 0;
    bool complete = false;
};

/// Encrypted pictures and the like, each under its kiosk and the hash of its ciphertext:
/// DIR/attachments/<kiosk>/<sha256>, with ".part" while it grows. The files are the truth about how far each
/// got, and whether it is whole: named without ".part" it is, and synced. Their rows say whose they are, and
/// which action needs them.
class Attachments {
  public:
    struct Limits {
        std::size_t maxBytes = 32u << 20;
        /// Bytes of one kiosk that no accepted action names yet, in whole blocks of 4 KiB.
        std::size_t kioskQuota = 1u << 30;
    };
    Attachments(Storage& storage, Limits limits) : storage_(storage), limits_(limits) {}

    base::Result<UploadState> state(const std::string& kiosk, const std::string& sha256);
    std::filesystem::path file(const std::string& kiosk, const std::string& sha256) const;

    /// One piece on its way to the disk. Given up when dropped; what arrived stays for the next try.
    class Upload {
      public:
        ~Upload();
        base::Result<void> add(crypto::ByteView piece);  ///< TooLarge beyond the declared total
        /// Unprocessable when the whole does not have its hash (the part is then thrown away).
        base::Result<UploadState> finish();

      private:
        friend class Attachments;
        Upload(Attachments& owner, std::string kiosk, std::string sha256, std::size_t total,
               std::size_t offset)
            : owner_(owner),
              kiosk_(std::move(kiosk)),
              sha256_(std::move(sha256)),
              total_(total),
              offset_(offset) {}
        Attachments& owner_;
        std::string kiosk_, sha256_;
        std::size_t total_, offset_;
        int fd_ = -1;
    };
    /// TooLarge; Conflict with fact "offset" when `offset` is not where it stands, or somebody else is
    /// sending it; DiskFull with detail "quota".
    base::Result<std::unique_ptr<Upload>> begin(const std::string& kiosk, const std::string& sha256,
                                                std::size_t total, std::size_t offset, base::WallTime now);

    /// At the start: whoever gave a file its name may have died before that was sure to last, and from here
    /// on it counts as whole.
    base::Result<void> settleNames();
    /// Those that belong to the action are deleted, files first.
    base::Result<void> drop(const std::string& envelope);
    /// Uploads that no action has named for so long are thrown away; not those of a kiosk with an action in
    /// quarantine, which may need them once its key is back.
    base::Result<std::size_t> sweep(base::WallTime untouchedSince);

  private:
    std::filesystem::path part(const std::string& kiosk, const std::string& sha256) const;
    base::Result<void> reserve(const std::string& kiosk, const std::string& sha256, std::size_t total,
                               base::WallTime now);
    base::Result<UploadState> keep(const std::string& kiosk, const std::string& sha256, int fd);

    Storage& storage_;
    Limits limits_;
    std::mutex mutex_;
    std::set<std::string> busy_;
};

}  // namespace tram::gateway
