#pragma once
#include <filesystem>
#include <vector>

#include "ledger/Segments.h"
#include "ledger/Walk.h"

namespace tram::ledger {

struct ChainSeen {
    int number = 1;  ///< of its files
    Head head;       ///< as far as it is whole
    std::string
        after;  ///< why it began, as its first line says: "first", or what had befallen the one before
    std::int64_t brokenAt = 0;  ///< where that was, as its first line says; 0: not told
    std::string follows;        ///< the hash that its first line goes on from
    base::WallTime began{}, last{};
    std::optional<Broken> broken;
    std::string file;               ///< the name of the one where it is broken
    std::size_t place = 0;          ///< which line of it, from 1; 0: of the file as such
    std::size_t torn = 0;           ///< bytes of a line that a power cut broke off; no damage
    std::int64_t acknowledged = 0;  ///< up to this line the gateway has vouched for it; 0: nothing was shown
};

struct Verdict {
    std::vector<ChainSeen> chains;
    std::vector<Head> gone;  ///< acknowledged, and no line of that chain is here
    bool sound() const;
};

/// Goes through the whole log: about 75,000 lines a second. `acknowledged`: heads that the gateway has
/// signed. Without them a chain that was written anew from its beginning, or cut at its end, cannot be told
/// from a shorter one. May run beside who writes. As base::fileProblem.
base::Result<Verdict> verify(const std::filesystem::path& directory, const std::vector<Head>& acknowledged);

/// Of one chain, held against what follows from it.
class ChainCheck {
  public:
    explicit ChainCheck(const std::vector<Head>& acknowledged) : acknowledged_(acknowledged) {}
    /// Goes on behind this line, which is taken for sound.
    void startAfter(const ReadLine& line) { walk_ = Walk(line); }
    /// All lines of a file, until it is broken. `last`: only in the last one may there be a torn line.
    /// `next`: the file behind it, if any, looked at only to tell how it is broken.
    void takeAll(const SegmentText& text, bool last, const std::filesystem::path& next = {});
    void breakAs(Broken broken) { seen.broken = broken; }
    /// No more lines will come.
    void end();
    const Walk& walk() const { return walk_; }
    ChainSeen seen;

  private:
    bool take(const base::Result<ReadLine>& line);
    void diagnose(const SegmentText& text, std::size_t at, const std::filesystem::path& next);
    void compare(const Head& head);
    const std::vector<Head>& acknowledged_;
    Walk walk_;
};

}  // namespace tram::ledger
