// What the network brings: whatever is accepted can be written and read again, and says the same.
#include "Input.h"
#include "wire/Action.h"
#include "wire/Enrolment.h"
#include "wire/Envelope.h"
#include "wire/FeedbackFields.h"
#include "wire/FeedbackReport.h"

using namespace tram;

namespace {

std::string text(std::string json) {
    return json;
}
std::string text(const base::SecretText& json) {
    return json.reveal();
}

template <class Message>
void readWriteRead(std::string_view json) {
    const auto first = Message::parse(json);
    if (!first) return;
    const auto written = text(first->toJson());
    const auto second = Message::parse(written);
    must(second.has_value(), "what was read can be written and read again");
    must(text(second->toJson()) == written, "and is the same then");
}

void envelope(std::string_view bytes) {
    const auto read = wire::Envelope::parse(bytes);
    if (read) must(read->dsse.payloadType == wire::Envelope::kPayloadType, "an envelope is of its own type");
}

void enrolmentCode(std::string_view typed) {
    const auto code = wire::EnrolmentCode::parse(typed);
    if (!code) return;
    const auto again = wire::EnrolmentCode::parse(code->text());
    must(again && again->secret == code->secret && again->fingerprint == code->fingerprint,
         "a code survives its text");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Input input(data, size);
    switch (input.choose(9)) {
        case 0:
            envelope(input.rest());
            break;
        case 1:
            readWriteRead<wire::Dsse>(input.rest());
            break;
        case 2:
            readWriteRead<wire::ActionBody>(input.rest());
            break;
        case 3:
            readWriteRead<wire::FeedbackReport>(input.rest());
            break;
        case 4:
            readWriteRead<wire::FeedbackStatus>(input.rest());
            break;
        case 5:
            readWriteRead<wire::BatchAnswer>(input.rest());
            break;
        case 6:
            readWriteRead<wire::EnrolmentAnswer>(input.rest());
            break;
        case 7:
            enrolmentCode(input.rest());
            break;
        case 8:
            (void)wire::FeedbackFields::parse(input.rest());
            break;
    }
    return 0;
}
