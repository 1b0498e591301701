// A kiosk with a stolen key: everything it signs and seals is taken, stored once, and what is wrong inside
// stays inside.
#include <SQLiteCpp/SQLiteCpp.h>

#include "City.h"
#include "Quiet.h"
#include "base/TrackingCode.h"

using namespace tram;

namespace {

constexpr const char* kCode = "K7M3Q9X2TW";

void replaceAll(std::string& text, std::string_view what, std::string_view by) {
    for (auto at = text.find(what); at != text.npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
}

/// Ids and codes work once: each input gets its own in the place of the corpus's.
struct Fresh {
    base::Uuid id = base::Uuid::v7(fixed::now());
    std::string code =
        base::TrackingCode::make(fixed::kPrefix, base::TrackingCode::randomSymbols())->symbols();
    std::string in(std::string_view text) const {
        std::string fresh(text);
        replaceAll(fresh, fixed::kId, id.text());
        replaceAll(fresh, kCode, code);
        return fresh;
    }
};

wire::ActionVerdict verdictOf(PretendCity& city, const std::string& envelope) {
    const auto answer = city.city().inbox.take(city.kiosk(), {envelope}, fixed::now());
    must(answer.has_value() && answer->results.size() == 1, "a result for each envelope");
    return answer->results.front().verdict;
}

/// A validly signed envelope is accepted whatever is in it, once (STANDARDS 6).
void taken(PretendCity& city, const std::string& envelope) {
    if (envelope.size() > wire::Envelope::kMaxBytes) return;
    must(verdictOf(city, envelope) == wire::ActionVerdict::Accepted, "what is validly signed is accepted");
    must(verdictOf(city, envelope) == wire::ActionVerdict::Replayed, "and once");
    must(city.city().inbox.counts()->stored == 0, "and opened or quarantined");
}

std::string sealed(PretendCity& city, const Fresh& fresh, const std::string& body) {
    const auto key = crypto::SealingKey::parse(city.city().keys.sealingKeys(fixed::now()).front().key);
    return wire::Envelope::make(fresh.id, fixed::kKiosk, body, *key, fixed::signing());
}

void hostileBody(PretendCity& city, std::string_view body) {
    const Fresh fresh;
    const auto text = fresh.in(body);
    // An attachment that nobody has sent is asked for, rightly.
    if (const auto parsed = wire::ActionBody::parse(text); parsed && !parsed->attachments.empty()) return;
    taken(city, sealed(city, fresh, text));
    (void)city.city().reports.status(fresh.code, base::SecretText("x"), "1022", fixed::now());
    must(city.city().reports.due(fixed::now(), 100).has_value(), "whatever was opened can be delivered");
}

void hostileFields(PretendCity& city, std::string_view fields) {
    const auto body = R"({"v":1,"id":")" + fixed::kId + R"(","kind":"feedback.report","kiosk":")" +
                      fixed::kKiosk + R"(","created_at":")" + fixed::kTime +
                      R"(","attachments":[],"fields":)" + std::string(fields) + "}";
    hostileBody(city, body);
}

/// Sealed bytes that are no sealed box, under a good signature.
void hostileSeal(PretendCity& city, std::string_view bytes) {
    const Fresh fresh;
    const auto payload =
        R"({"id":")" + fresh.id.text() + R"(","kiosk":")" + fixed::kKiosk + R"(","sealing_key":")" +
        crypto::SealingKey::parse(city.city().keys.sealingKeys(fixed::now()).front().key)->id() +
        R"(","sealed":")" + crypto::toBase64(crypto::view(bytes)) + "\"}";
    const auto envelope =
        wire::Dsse::sign(std::string(wire::Envelope::kPayloadType), payload, fixed::kKiosk, fixed::signing())
            .toJson();
    if (wire::Envelope::parse(envelope)) taken(city, envelope);
}

void unsignedEnvelope(PretendCity& city, std::string_view bytes) {
    const auto envelope = wire::Envelope::parse(bytes);
    if (envelope && envelope->dsse.verify(fixed::signing().verifyKey())) return;
    must(verdictOf(city, std::string(bytes)) == wire::ActionVerdict::Refused, "nothing without a signature");
}

void anyPayload(PretendCity& city, std::string_view payload) {
    const auto envelope = wire::Dsse::sign(std::string(wire::Envelope::kPayloadType), Fresh().in(payload),
                                           fixed::kKiosk, fixed::signing())
                              .toJson();
    const auto verdict = verdictOf(city, envelope);
    must(verdict == wire::ActionVerdict::Accepted || verdict == wire::ActionVerdict::Refused ||
             verdict == wire::ActionVerdict::Replayed || verdict == wire::ActionVerdict::Conflict,
         "a verdict");
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
    silenceLog();
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static PretendCity city;
    city.rebuildNowAndThen();
    Input input(data, size);
    switch (input.choose(5)) {
        case 0:
            hostileBody(city, input.rest());
            break;
        case 1:
            hostileFields(city, input.rest());
            break;
        case 2:
            hostileSeal(city, input.rest());
            break;
        case 3:
            unsignedEnvelope(city, input.rest());
            break;
        case 4:
            anyPayload(city, input.rest());
            break;
    }
    return 0;
}
