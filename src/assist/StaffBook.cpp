#include "assist/StaffBook.h"

namespace tram::assist {

using base::ProblemKind;
using base::Result;

Result<StaffBook::Found> StaffBook::look(const base::SecretText& badge) const {
    auto secret = wire::BadgeCode::read(badge.reveal());
    if (!secret) return base::fail(ProblemKind::Malformed);
    auto list = list_();
    if (!list) return tl::unexpected(list.error());
    if (clock_.wall() >= (*list)->expires) return base::fail(ProblemKind::Expired);
    const auto* member = (*list)->byBadge(wire::BadgeCode::hashOf(*secret));
    if (!member) return base::fail(ProblemKind::NotFound);
    return Found{std::move(*list), member, std::move(*secret)};
}

Result<StaffSession::Who> StaffBook::find(const base::SecretText& badge) const {
    return look(badge).map([](const Found& found) {
        return StaffSession::Who{found.member->id, found.member->name, found.member->unit,
                                 found.member->role};
    });
}

Result<base::SecretBytes> StaffBook::check(const base::SecretText& badge, const base::SecretText& pin) const {
    const auto found = look(badge);
    if (!found) return tl::unexpected(found.error());
    auto keys = crypto::PinKeys::derive(pin, found->secret, found->member->salt, found->list->cost);
    if (!keys) return tl::unexpected(keys.error());
    if (!keys->fits(found->member->verifier)) return base::fail(ProblemKind::Unauthorized);
    return std::move(keys->draftSeed);
}

}  // namespace tram::assist
