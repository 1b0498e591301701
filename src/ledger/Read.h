#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

#include "ledger/Line.h"

namespace tram::ledger {

/// Which lines somebody wants to see; what is empty says nothing.
struct Filter {
    std::optional<base::WallTime> from, until;  ///< `until` is not among them
    std::string staff;                          ///< who did it, or whom it was about
    std::string event;                          ///< name(Kind)
    bool wants(const Line& line) const;
};

/// Where a page ends, for the next one.
struct Place {
    int chain = 0, part = 0;
    std::size_t line = 0;
    bool operator==(const Place&) const = default;
};

struct Row {
    int chain = 1;  ///< number of its chain's files
    Line line;
    bool holds = false;  ///< its hash is right; whether the chain is, verify() tells
};

struct Page {
    std::vector<Row> rows;       ///< newest first
    std::optional<Place> next;   ///< nothing: that was all
    std::size_t unreadable = 0;  ///< lines passed over
};

/// At most `limit` lines, newest first, below `before` (nothing: from the newest). Reads only as far back as
/// it has to; a log of a million lines is read in files of one MiB. Blocks; may run beside who writes. As
/// base::fileProblem.
base::Result<Page> read(const std::filesystem::path& directory, const Filter& filter,
                        std::optional<Place> before = {}, std::size_t limit = 50);

/// Each of them, oldest first; how many lines could not be read.
base::Result<std::size_t> each(const std::filesystem::path& directory, const Filter& filter,
                               const std::function<void(const Row&)>& tell);

}  // namespace tram::ledger
