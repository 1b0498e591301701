#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/Result.h"
#include "trust/Manifest.h"
#include "trust/Root.h"

namespace tram::trust {

/// What a kiosk trusts, kept as the signed documents themselves: `root.json` and `content.json` of a
/// directory. Everything else follows from them, so that nothing can disagree.
///
/// Signature comes before parsing. Refused, and what was there stays (TUF 1.0 §5): TooLarge, Malformed,
/// BadSignature (not enough different keys of the role), RolledBack (a version that is not newer, or another
/// text of the same version), Expired.
class Trust {
  public:
    /// `pinned`: the root that came with the enrolment; the kept one counts if it is newer. The pinned root
    /// must hold by its own keys.
    static base::Result<Trust> open(std::filesystem::path dir, std::string_view pinned);

    /// The next root of the chain, version + 1: signed by enough keys of the present one and of its own. One
    /// that has expired is taken all the same: a chain may lead on from it.
    base::Result<void> takeRoot(std::string_view bytes);
    /// Judges a manifest; keeps nothing. Expired with detail "root": nothing new is taken under such a root.
    base::Result<Manifest> judgeContent(std::string_view bytes, base::WallTime now) const;
    /// Judges, and keeps it from now on: once the packs it names are there. False: it was there already.
    base::Result<bool> takeContent(std::string_view bytes, base::WallTime now);

    const Root& root() const { return root_; }
    const std::optional<Manifest>& content() const { return content_; }
    /// The clock, but never before what has been signed: a clock that was set back makes nothing young again.
    base::WallTime trustedTime(base::WallTime now) const;

  private:
    explicit Trust(std::filesystem::path dir) : dir_(std::move(dir)) {}
    void loadKept();

    std::filesystem::path dir_;
    Root root_;
    std::optional<Manifest> content_;
    std::string contentBytes_;
};

}  // namespace tram::trust
