#include "papers/IdentityPapers.h"

#include <algorithm>

#include "identity/CitizenCard.h"

namespace tram::papers {

bool showsIdentityPaper(const device::PageHelper::Page& page, base::WallTime now) {
    const bool card = page.shape == device::PageHelper::Shape::Card;
    if (card && (page.looksLikeQr || !page.codes.empty())) return true;
    return std::any_of(page.codes.begin(), page.codes.end(), [&](const base::SecretText& code) {
        return identity::CitizenCard::read(code.reveal(), now) ||
               identity::CitizenCard::resembles(code.reveal());
    });
}

}  // namespace tram::papers
