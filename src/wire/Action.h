#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"
#include "base/Secret.h"
#include "base/Uuid.h"
#include "crypto/Stream.h"
#include "wire/Handling.h"

namespace tram::wire {

constexpr std::size_t kMaxAttachments = 16;  ///< of one action

struct AttachmentRef {
    std::string sha256;    ///< of the ciphertext, hex: its name on the kiosk's disk and at the gateway
    std::size_t size = 0;  ///< of the ciphertext, bytes
    crypto::StreamKey key;
    std::string mediaType;  ///< "image/jpeg"
};

/// What is sealed inside an Envelope; resources/api/schemas/action.json. Version 1.
struct ActionBody {
    base::Uuid id;
    std::string kind;  ///< "feedback.report", …
    std::string kioskId;
    std::string createdAt;        ///< RFC 3339, or to the hour for actions without a name
    base::SecretText fieldsJson;  ///< the kind's own object; for feedback.report see FeedbackReport.h
    std::vector<AttachmentRef> attachments;
    std::optional<Handling> handling = {};  ///< who helped; member `handled`

    /// `fieldsJson` must be a JSON object (else std::logic_error).
    base::SecretText toJson() const;
    static base::Result<ActionBody> parse(std::string_view json);
};

/// What the gateway says of each envelope (docs/ARCHITECTURE.md, "Results").
enum class ActionVerdict { Accepted, Replayed, Conflict, MissingAttachments, Refused };
std::string_view name(ActionVerdict verdict);
std::optional<ActionVerdict> actionVerdictFrom(std::string_view text);

struct ActionResult {
    base::Uuid id;
    ActionVerdict verdict = ActionVerdict::Refused;
    std::vector<std::string> missing;  ///< sha256 of attachments, for MissingAttachments
    std::string reason;  ///< machine word for Refused: "signature", "kiosk", "size", "malformed"
};

/// Body of the answer to POST /v1/actions.
struct BatchAnswer {
    std::string epoch;  ///< changes when the gateway's store is restored from a backup
    /// How many actions the gateway has ever taken in this epoch and those it was restored from, these among
    /// them; and how many of them its newest backup holds. Numbers, because clocks jump. 0: it does not say.
    std::int64_t taken = 0, backedUp = 0;
    std::vector<ActionResult> results;

    std::string toJson() const;
    static base::Result<BatchAnswer> parse(std::string_view json);
};

}  // namespace tram::wire
