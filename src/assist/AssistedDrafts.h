#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"
#include "base/Secret.h"
#include "crypto/Bytes.h"

namespace tram::assist {

/// What was being written when a crash or power cut came, kept for who wrote it: each in a file of its own
/// with a random name, sealed to a key that only badge and PIN together make (StaffSession::draftSeed). The
/// file tells nobody else whose it is. Gone after a day, by whichever clock says so first; and after
/// kMostBoots, whatever the clocks say. Each call blocks on the disk.
class AssistedDrafts {
  public:
    static constexpr base::Millis kLongest = std::chrono::hours(24);
    static constexpr int kMostBoots = 16;
    static constexpr std::size_t kMaxBytes = 24u << 20, kMost = 32;

    AssistedDrafts(std::filesystem::path directory, const base::Clock& clock)
        : directory_(std::move(directory)), clock_(clock) {}

    /// Durable when it returns. `id`: of the draft it replaces, else a new one; the draft's id. OutOfRange
    /// without a seed or with kMost drafts here, TooLarge, what writing says.
    base::Result<std::string> save(const base::SecretBytes& seed, crypto::ByteView draft,
                                   const std::string& id = "");
    struct Offered {
        std::string id;
        base::WallTime savedAt;
    };
    /// This seed's own and nobody else's, newest first. Damaged ones are in nobody's list.
    base::Result<std::vector<Offered>> offeredTo(const base::SecretBytes& seed);
    /// NotFound; BadSeal for another's, or a damaged one.
    base::Result<base::SecretBytes> restore(const base::SecretBytes& seed, const std::string& id);
    /// Of this seed alone: nobody takes another's away. As restore().
    base::Result<void> discard(const base::SecretBytes& seed, const std::string& id);
    /// Takes away what is too old or damaged, and counts boots and hours of the rest. At each start, and now
    /// and then. How many went.
    base::Result<std::size_t> sweep();

  private:
    struct Age;
    struct Kept;
    std::filesystem::path pathOf(const std::string& id) const;
    std::vector<std::string> ids() const;
    base::Result<Kept> read(const std::string& id) const;
    base::Result<void> write(const std::string& id, const Kept& kept) const;
    base::Result<Kept> ownOf(const base::SecretBytes& seed, const std::string& id) const;
    base::Result<void> remove(const std::string& id) const;
    base::Result<void> dropTemporaries() const;
    bool isOver(const Age& age) const;

    std::filesystem::path directory_;
    const base::Clock& clock_;
};

}  // namespace tram::assist
