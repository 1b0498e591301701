// Files beside the programs that somebody else may have written: the kiosk reads them all, and stays whole.
#include "Fixed.h"
#include "Scratch.h"
#include "base/Words.h"
#include "content/Csv.h"
#include "content/FieldsCache.h"
#include "content/Hotlines.h"
#include "content/WardDirectory.h"
#include "crypto/KeyFile.h"
#include "device/AgentState.h"
#include "device/Enrolment.h"
#include "outbox/LineWait.h"
#include "wire/Envelope.h"

using namespace tram;

namespace {

const Scratch& dir() {
    static const Scratch scratch;
    return scratch;
}

void agentState(std::string_view bytes) {
    dir().write("agent.json", bytes);
    const auto state = device::AgentState::read(dir().path());
    if (!state) return;
    must(!state->onlineAt({"another boot", state->writtenAt.sinceBoot}),
         "a state of another boot is offline");
    (void)state->onlineAt({state->writtenAt.bootId, base::Millis(0)});
    (void)state->onlineAt({state->writtenAt.bootId, base::Millis::max()});
}

void enrolment(std::string_view bytes) {
    static const bool keyIsThere = fixed::signing().save(dir().path() / "kiosk.key").has_value();
    must(keyIsThere, "the key is there");
    dir().write("enrolment.json", bytes);
    const auto enrolled = device::Enrolment::load(dir().path());
    if (!enrolled) return;
    must(crypto::VerifyKey::parse(enrolled->answer.gatewayKey).has_value(), "the gateway's key is one");
    const auto key = enrolled->sealingKey(fixed::now());
    must(key || key.error().kind == base::ProblemKind::Expired ||
             key.error().kind == base::ProblemKind::ClockWrong,
         "a sealing key, or why there is none in force");
    must(enrolled->save(dir().path()) && device::Enrolment::load(dir().path()), "what was read can be kept");
}

void keyFile(std::string_view bytes) {
    const auto key = crypto::loadKeyFile(dir().write("some.key", bytes), 32);
    must(key.has_value() == (bytes.size() == 32), "a key has exactly its size");
}

/// The same bytes, signed by the right key or as they are.
void contentCache(std::string_view bytes, bool sign) {
    const auto signer = fixed::signing();
    const auto type = std::string(wire::FeedbackFields::kPayloadType);
    std::filesystem::create_directories(dir().path() / "content");
    dir().write("content/feedback-fields.json",
                sign ? wire::Dsse::sign(type, std::string(bytes), "k", signer).toJson() : std::string(bytes));
    const auto fields = content::FieldsCache(dir().path(), signer.verifyKey()).read();
    if (fields)
        must(fields->minCharacters <= fields->maxCharacters && !fields->fields.empty(), "fields make sense");
}

void words(std::string_view bytes) {
    dir().write("vi.mo", bytes);
    const auto words = base::Words::load(dir().path(), "vi");
    if (!words) return;
    must(words->language() == "vi", "they are of the language asked for");
    (void)words->text("a", {{"name", "{name}"}});
    (void)words->text("receipt.saved_at", {{"time", "{"}});
}

void csv(std::string_view bytes) {
    const auto rows = content::parseCsv(bytes, {"a", "b"});
    if (!rows) return;
    int last = 1;
    for (const auto& row : *rows) {
        must(row.fields.size() == 2, "as many fields as columns");
        must(row.line > last, "rows follow each other");
        last = row.line;
    }
}

void hotlines(std::string_view bytes) {
    dir().write("hotlines.csv", bytes);
    const auto lines = content::loadHotlines(dir().path());
    if (!lines) return;
    for (const auto& line : *lines) must(!line.number.empty() && line.number.size() <= 12, "a number is one");
}

void wards(Input& input) {
    const auto half = input.number(2);
    dir().write("wards.csv", input.take(half));
    const auto query = input.line();
    dir().write("old_wards.csv", input.rest());
    const auto directory = content::WardDirectory::load(dir().path());
    if (!directory) return;
    must(directory->search(query, 5).size() <= 5, "no more than asked for");
    for (const auto& ward : directory->all())
        must(directory->byCode(ward.code) != nullptr, "each by its code");
}

void lineWait(std::string_view text) {
    std::mt19937_64 random(1);
    outbox::LineWait wait(base::Millis(1000), base::Millis(60000), random);
    wait.setFloor(std::string(text));
    (void)wait.over({"boot-1", base::Millis(5)});
    outbox::LineWait again(base::Millis(1000), base::Millis(60000), random);
    again.setFloor(wait.floorText());
    must(again.floorText() == wait.floorText(), "what is kept of a wait is read again");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Input input(data, size);
    switch (input.choose(10)) {
        case 0:
            agentState(input.rest());
            break;
        case 1:
            enrolment(input.rest());
            break;
        case 2:
            keyFile(input.rest());
            break;
        case 3:
            contentCache(input.rest(), true);
            break;
        case 4:
            contentCache(input.rest(), false);
            break;
        case 5:
            words(input.rest());
            break;
        case 6:
            csv(input.rest());
            break;
        case 7:
            hotlines(input.rest());
            break;
        case 8:
            wards(input);
            break;
        case 9:
            lineWait(input.rest());
            break;
    }
    return 0;
}
