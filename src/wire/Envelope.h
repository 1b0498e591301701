#pragma once
#include <string>
#include <string_view>

#include "base/Result.h"
#include "base/Uuid.h"
#include "crypto/Keys.h"
#include "wire/Dsse.h"

namespace tram::wire {

/// An action on its way: signed by the kiosk over {"id","kiosk","sealing_key","sealed"}, where `sealed` is a
/// crypto_box_seal of the action body (Action.h). The id stands outside as well as inside, so that the
/// gateway can store an action once for ever even when it cannot open it (docs/DECISIONS.md).
struct Envelope {
    static constexpr std::string_view kPayloadType = "application/vnd.tram.action+json";
    static constexpr std::size_t kMaxBytes = 256 * 1024;

    base::Uuid id;
    std::string kioskId;
    std::string sealingKeyId;
    crypto::Bytes sealed;
    Dsse dsse;

    /// The exact bytes to store and send; they are never re-serialised or re-sealed. A body of more than
    /// about 140 KiB comes out longer than kMaxBytes: the caller looks, and tells the person.
    static std::string make(const base::Uuid& id, std::string_view kioskId, std::string_view body,
                            const crypto::SealingKey& to, const crypto::SigningKey& from);
    /// Shape only; the caller looks up the kiosk's key and calls dsse.verify. Its key id is the kiosk's id.
    static base::Result<Envelope> parse(std::string_view bytes);
};

}  // namespace tram::wire
