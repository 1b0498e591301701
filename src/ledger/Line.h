#pragma once
#include <string>
#include <string_view>

#include "base/Clock.h"
#include "base/Result.h"
#include "ledger/Events.h"

namespace tram::ledger {

/// The end of a chain up to a line: that line's number and hash. Who has signed it vouches for all before it.
struct Head {
    std::string chain;
    std::int64_t n = 0;
    std::string hash;
    bool operator==(const Head&) const = default;
};

/// What a chain's first line says of the line before it.
inline constexpr std::string_view kNoHash =
    "0000000000000000000000000000000000000000000000000000000000000000";

/// One line, `{"entry":{…},"hash":"…"}` with members sorted and nothing between them: the hash is SHA-256
/// over the entry's bytes as they stand. Of an event only the name is known here, so that a log of a later
/// program can be read and verified.
struct Line {
    static constexpr std::size_t kMaxBytes = 4096, kMostMembers = 12, kLongestMember = 64;

    std::string chain;   ///< 16 hex digits, random: which chain it is of
    std::int64_t n = 0;  ///< from 1
    std::string prev;    ///< hash of line n - 1
    base::WallTime at{};
    base::BootTime boot;
    std::string event, staff, desk;  ///< staff, desk: "" when not told
    Values members;
};

/// The line without its line break; `hash` is told, too.
struct Written {
    std::string text, hash;
};
Written write(const Line& line);

struct ReadLine {
    Line line;
    std::string hash;    ///< as it stands there
    bool holds = false;  ///< it is that of the entry
    Head head() const { return {line.chain, line.n, hash}; }
};
/// `text` without its line break. Malformed unless it is to the byte as write() writes; TooLarge.
base::Result<ReadLine> readLine(std::string_view text);

/// Whether these bytes may be what a power cut left of a line: its beginning, or any of its sectors with
/// zeros in the place of others.
bool isTorn(std::string_view rest);

bool isHash(std::string_view text);   ///< 64 hex digits
bool isChain(std::string_view text);  ///< 16

}  // namespace tram::ledger
