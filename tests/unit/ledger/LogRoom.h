#pragma once
#include <catch2/catch.hpp>
#include <fstream>

#include "base/Files.h"
#include "ledger/Ledger.h"
#include "tests/support/FakeClock.h"
#include "tests/support/TempDir.h"

namespace tram::test {

/// A log in a directory of its own, and hands that do to its files what they please.
struct LogRoom {
    TempDir temp;
    FakeClock clock;
    std::filesystem::path dir = temp / "log";

    ledger::Ledger open(ledger::Ledger::Options options = {}) const {
        auto opened = ledger::Ledger::open(dir, clock, std::move(options));
        REQUIRE(opened);
        return *std::move(opened);
    }
    static ledger::Event retried(std::int64_t items) {
        return {.kind = ledger::Kind::QueueRetried,
                .staff = "S-7",
                .desk = "Quầy 3",
                .members = {{"items", items}}};
    }
    /// The chain's first line and so many of ours behind it; the newest head.
    ledger::Head fill(int lines, ledger::Ledger::Options options = {}) const {
        auto log = open(std::move(options));
        ledger::Head head;
        for (int i = 1; i <= lines; ++i) {
            const auto done = log.append(retried(i));
            REQUIRE(done);
            head = *done;
        }
        return head;
    }
    std::filesystem::path file(int part = 1, int chain = 1) const {
        return ledger::Segment::at(dir, chain, part).file;
    }
    std::string bytes(int part = 1, int chain = 1) const {
        const auto read = base::readFile(file(part, chain));
        REQUIRE(read);
        return *read;
    }
    void put(const std::string& bytes, int part = 1, int chain = 1) const {
        std::ofstream(file(part, chain), std::ios::binary | std::ios::trunc) << bytes;
    }
    std::vector<std::string> lines(int part = 1, int chain = 1) const {
        std::vector<std::string> all;
        const auto text = bytes(part, chain);
        for (std::size_t begin = 0, end; (end = text.find('\n', begin)) != text.npos; begin = end + 1)
            all.push_back(text.substr(begin, end - begin));
        return all;
    }
    void putLines(const std::vector<std::string>& all, int part = 1, int chain = 1) const {
        std::string text;
        for (const auto& line : all) text += line + '\n';
        put(text, part, chain);
    }
    ledger::Verdict verify(const std::vector<ledger::Head>& acknowledged = {}) const {
        const auto verdict = ledger::verify(dir, acknowledged);
        REQUIRE(verdict);
        return *verdict;
    }
    /// "edited 4", "sound", of the chain of that number.
    std::string found(const std::vector<ledger::Head>& acknowledged = {}, std::size_t chain = 1) const {
        const auto verdict = verify(acknowledged);
        REQUIRE(verdict.chains.size() >= chain);
        const auto& broken = verdict.chains[chain - 1].broken;
        return broken ? std::string(name(broken->damage)) + " " + std::to_string(broken->n) : "sound";
    }
    /// Why the newest chain began, as its first line says: "cut_tail 5".
    std::string begunAfter() const {
        const auto verdict = verify();
        const auto& seen = verdict.chains.back();
        return seen.after + (seen.brokenAt > 0 ? " " + std::to_string(seen.brokenAt) : "");
    }
};

/// The same line with another content, and with the hash that is right for it.
inline std::string forged(const std::string& text, const std::function<void(ledger::Line&)>& change) {
    auto read = ledger::readLine(text);
    REQUIRE(read);
    change(read->line);
    return ledger::write(read->line).text;
}

}  // namespace tram::test
