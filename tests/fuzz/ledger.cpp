// The log of what staff do, as it lies on a kiosk's disk, and what is said of it on the wire.
#include "ledger/Ledger.h"
#include "Quiet.h"
#include "Scratch.h"
#include "base/Files.h"
#include "ledger/Read.h"
#include "tests/support/FakeClock.h"
#include "wire/LogHead.h"

using namespace tram;
using ledger::Head;

namespace {

const ledger::Event kRetried{
    .kind = ledger::Kind::QueueRetried, .staff = "S-7", .desk = "Quầy 3", .members = {{"items", 4}}};

void readLines(std::string_view text) {
    const auto read = ledger::readLine(text);
    if (!read) return;
    const auto written = ledger::write(read->line);
    must(read->holds == (written.hash == read->hash), "a hash is that of what was read, or it is not");
    must(!read->holds || written.text == text, "a line is written in one way");
    must(ledger::isTorn(text.substr(0, text.size() / 2)), "half of it is what a power cut leaves");
}

/// A chain of five lines, always the same, and its newest head.
std::string wholeLog(Head& head) {
    const test::FakeClock clock;
    head = {"0123456789abcdef", 0, std::string(ledger::kNoHash)};
    std::string bytes;
    for (int n = 1; n <= 5; ++n) {
        const bool first = n == 1;
        const auto line =
            ledger::write({head.chain, n, head.hash, clock.wall(), clock.boot(),
                           first ? "chain_begun" : "queue_retried", first ? "" : "S-7", "",
                           first ? ledger::Values{{"after", "first"}} : ledger::Values{{"items", n}}});
        bytes += line.text + '\n';
        head = {head.chain, n, line.hash};
    }
    return bytes;
}

/// Whatever lies there: it can be gone on with, and the chain that is gone on with is sound.
void goOn(const std::filesystem::path& folder, const std::vector<Head>& known) {
    const test::FakeClock clock;
    auto log = ledger::Ledger::open(folder, clock, {.acknowledged = [&] { return known; }});
    must(log && log->append(kRetried) && log->append(kRetried), "a log can be written to");
    const auto verdict = ledger::verify(folder, known);
    must(verdict && !verdict->chains.back().broken, "and the newest chain is sound");
    const auto head = ledger::durableHead(folder);
    must(head && *head && **head == verdict->chains.back().head, "and its head is told");
}

void clearFolder(const std::filesystem::path& folder) {
    std::filesystem::remove_all(folder);
    std::filesystem::create_directory(folder);
}

/// Any damage is found, by who has seen the newest line.
void damagedLog(Input& input) {
    static const Scratch scratch;
    const auto folder = scratch.path() / "log";
    clearFolder(folder);
    Head head;
    const auto whole = wholeLog(head), bytes = damaged(whole, input);
    scratch.write("log/0001-000001.jsonl", bytes);
    const auto verdict = ledger::verify(folder, {head});
    must(verdict.has_value(), "a log can be looked through");
    must(verdict->sound() == bytes.starts_with(whole) || !verdict->sound(), "what was changed is found");
    const auto page = ledger::read(folder, {}, {}, 3);
    must(page && page->rows.size() <= 3, "and read");
    goOn(folder, {head});
}

void anyLog(Input& input) {
    static const Scratch scratch;
    const auto folder = scratch.path() / "log";
    clearFolder(folder);
    if (input.choose(2) == 1) scratch.write("log/0001.broken", input.line());
    scratch.write("log/0001-000001.jsonl", input.line());
    scratch.write("log/0002-000001.jsonl", input.rest());
    must(ledger::verify(folder, {}).has_value(), "a log can be looked through");
    goOn(folder, {});
}

void heads(std::string_view json) {
    if (const auto head = wire::LogHead::parse(json)) {
        const auto again = wire::LogHead::parse(head->toJson());
        must(again && again->head == head->head && again->after == head->after, "a head survives");
    }
    if (const auto said = wire::LogAcknowledgement::parse(json)) {
        const auto again = wire::LogAcknowledgement::parse(said->toJson());
        must(again && again->head == said->head && wire::isLogChain(again->chain), "and its answer");
    }
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
    silenceLog();
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Input input(data, size);
    switch (input.choose(4)) {
        case 0:
            readLines(input.rest());
            break;
        case 1:
            damagedLog(input);
            break;
        case 2:
            anyLog(input);
            break;
        case 3:
            heads(input.rest());
            break;
    }
    return 0;
}
