#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

#include "base/Clock.h"
#include "base/FileLock.h"
#include "ledger/Segments.h"
#include "ledger/Verify.h"

namespace tram::ledger {

/// Writes the log. Several may be open, in several processes: who appends holds `ledger.lock`, and goes on
/// from where another has left off. Of what is there it looks at the last file; the whole of it is for
/// verify(), whose findings markBroken() passes on.
///
/// A chain that is broken is never gone on with, and never touched: a new one begins, whose first line says
/// what had befallen the one before. What a power cut left of a line is taken away, which the next line says.
class Ledger {
  public:
    struct Options {
        std::size_t segmentBytes = 1u << 20;
        base::Millis patience{2000};  ///< with who else is appending
        /// Heads that the gateway has signed; asked when a file is looked at. Not set: nothing is known.
        std::function<std::vector<Head>()> acknowledged = {};
    };

    /// Makes the directory. Nothing is written yet.
    static base::Result<Ledger> open(const std::filesystem::path& directory, const base::Clock& clock);
    static base::Result<Ledger> open(const std::filesystem::path& directory, const base::Clock& clock,
                                     Options options);
    Ledger(Ledger&& other) noexcept;
    Ledger& operator=(Ledger&&) = delete;
    ~Ledger();

    /// Durable when it returns; its head. Malformed (key) for what no rule allows; StoreBusy; DiskFull and
    /// what else writing says: then it is not in the log, or, when the disk failed in syncing, perhaps is.
    /// Blocks on the disk.
    base::Result<Head> append(const Event& event);

  private:
    struct Tail;
    Ledger(std::filesystem::path directory, const base::Clock& clock, Options options);
    base::Result<void> prepare();
    bool isAsLeft() const;
    base::Result<void> look();
    base::Result<Tail> tailOf(const std::vector<Segment>& segments, const std::vector<Head>& known) const;
    base::Result<void> goOn(const Segment& segment, std::size_t size, std::size_t torn);
    static base::Result<std::optional<int>> takeBegun(std::vector<Segment>& segments);
    base::Result<void> beginChain(int number, std::string_view after, std::int64_t brokenAt);
    base::Result<void> create(const Segment& segment, int flags);
    base::Result<void> openFile(const Segment& segment, int flags);
    base::Result<Head> addLine(const Event& event);
    base::Result<void> writeDurably(std::string_view bytes);
    void close();

    std::filesystem::path directory_;
    const base::Clock* clock_;
    Options options_;
    int file_ = -1;
    Segment segment_;
    std::size_t size_ = 0;  ///< of what is whole in it
    Head head_;
};

/// What verify() found of the newest chain: the next append begins a new one. Durable.
base::Result<void> markBroken(const std::filesystem::path& directory, int chain, const Broken& broken);

/// The newest head, once it is certainly on the disk; nothing where there is no line. As base::fileProblem.
base::Result<std::optional<Head>> durableHead(const std::filesystem::path& directory);

/// The ids of the chains that lie there, as far as a file of theirs can be read; the newest last.
base::Result<std::vector<std::string>> chainsIn(const std::filesystem::path& directory);

/// The hash of line `n` of that chain, as far as can be told without verifying; "" when it is not there.
base::Result<std::string> hashAt(const std::filesystem::path& directory, const std::string& chain,
                                 std::int64_t n);

}  // namespace tram::ledger
