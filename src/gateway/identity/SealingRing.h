#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"
#include "crypto/Keys.h"
#include "wire/SealingStatement.h"

namespace tram::gateway {

/// The sealing keys of a gateway as they lie in DIR: sealing-<id>.key (X25519, 0600) and sealing.json, which
/// knows the validity of each and what kiosks were told last. No key is ever deleted: envelopes come late.
struct SealingRing {
    struct Entry {
        std::string id;                                 ///< SealingKey::id
        std::shared_ptr<const crypto::OpeningKey> key;  ///< null when its file is lost or damaged
        base::WallTime notBefore, notAfter;
        std::optional<base::WallTime> retiredAt = {}, escrowedAt = {};

        bool usable() const { return key && !retiredAt; }
        bool inForce(base::WallTime now) const { return usable() && notBefore <= now && now < notAfter; }
    };
    std::vector<Entry> entries;  ///< oldest first
    std::int64_t version = 0;    ///< of the last statement; 0 before the first
    base::WallTime issuedAt{};
    std::vector<std::string> issued;  ///< ids in the last statement, newest first

    /// A lost or damaged key file leaves its entry without a key; a key file that sealing.json does not know
    /// is taken in as an expired one, for opening. KeyExposed; Malformed (sealing.json).
    static base::Result<SealingRing> load(const std::filesystem::path& dir);
    base::Result<void> save(const std::filesystem::path& dir) const;

    Entry* find(std::string_view id);
    /// Ids a statement of now would tell: usable and not run out, newest first.
    std::vector<std::string> listable(base::WallTime now) const;
    const Entry* newestInForce(base::WallTime now) const;
    /// When the last of those that can be told runs out.
    std::optional<base::WallTime> lastEnd(base::WallTime now) const;
    std::size_t lost() const;        ///< entries without a key
    std::size_t unescrowed() const;  ///< usable keys that no escrow holds

    /// Its file is written; sealing.json is not yet.
    base::Result<std::string> add(const std::filesystem::path& dir, base::WallTime from,
                                  base::WallTime until);
    /// A new statement when what it would tell has changed. Versions are milliseconds, so that they go up
    /// even over keys that came back from an escrow of last year.
    bool issue(base::WallTime now);
    wire::SealingStatement statement() const;
};

std::filesystem::path sealingFile(const std::filesystem::path& dir, const std::string& id);

/// Held while sealing.json is read, changed and written: a serving gateway renews, an operator rotates.
class KeyLock {
  public:
    static base::Result<KeyLock> take(const std::filesystem::path& dir);
    KeyLock(KeyLock&& other) noexcept;
    KeyLock& operator=(KeyLock&&) = delete;
    ~KeyLock();

  private:
    explicit KeyLock(int file) : file_(file) {}
    int file_;
};

}  // namespace tram::gateway
