#include "gateway/inbox/Signer.h"

#include <charconv>

namespace tram::gateway {
namespace {

/// When an action was made, by its kiosk's clock: RFC 9562 §5.7 begins with it. Nothing for another version.
std::optional<base::WallTime> timeIn(const base::Uuid& id) {
    const auto& text = id.text();
    if (text[14] != '7') return std::nullopt;
    const std::string digits = text.substr(0, 8) + text.substr(9, 4);
    std::int64_t millis = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), millis, 16);
    return base::WallTime(base::Millis(millis));
}

bool mayPass(const Kiosk& signer, const base::Uuid& id) {
    if (!signer.stolenSince) return true;
    const auto made = timeIn(id);
    return signer.releasedAt && made && *made < *signer.stolenSince;
}

}  // namespace

tl::expected<Kiosk, const char*> signerOf(Kiosks& kiosks, const Kiosk& line, const wire::Envelope& envelope) {
    auto signer = line;
    if (envelope.kioskId != line.id) {
        auto former = kiosks.formerOf(line, envelope.kioskId);
        if (!former || !*former) return tl::unexpected<const char*>("kiosk");
        signer = std::move(**former);
    }
    const auto key = crypto::VerifyKey::parse(signer.key);
    if (!key || !envelope.dsse.verify(*key)) return tl::unexpected<const char*>("signature");
    if (!mayPass(signer, envelope.id)) return tl::unexpected<const char*>("stolen");
    return signer;
}

}  // namespace tram::gateway
