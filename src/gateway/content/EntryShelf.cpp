#include "gateway/content/EntryShelf.h"

#include "base/Log.h"
#include "store/Database.h"

namespace tram::gateway {
namespace {

constexpr std::chrono::seconds kOpenAgain{10};

}  // namespace

void EntryShelf::open() const {
    opened_ = std::chrono::steady_clock::now();
    packs_.clear();
    for (const auto& path : named_) {
        auto file = pack::PackFile::open(path);
        if (file)
            packs_.push_back(std::move(*file));
        else
            base::log::problem("entries.pack_not_opened", file.error());
    }
}

/// Opened once for a manifest; again now and then while some could not be.
void EntryShelf::follow() const {
    auto named = shelf_.packs();
    const bool whole = packs_.size() == named.size();
    if (named == named_ && (whole || std::chrono::steady_clock::now() - opened_ < kOpenAgain)) return;
    named_ = std::move(named);
    open();
}

std::optional<EntryShelf::Found> EntryShelf::entry(std::string_view kind, std::string_view id) const {
    const std::lock_guard lock(mutex_);
    follow();
    std::optional<Found> found;
    for (const auto& file : packs_) {
        const auto asked = store::Database::guarded([&] {
            if (auto entry = file.entry(kind, id)) found = Found{std::move(*entry), file.about()};
        });
        if (!asked) base::log::problem("entries.pack_not_read", asked.error());
        if (found) break;
    }
    return found;
}

}  // namespace tram::gateway
