// Looks for byte strings in the memory of processes and in files.
//
// Everything comes by standard input, nothing by arguments: lines "needle LABEL HEXADECIMAL" and
// "target WHAT", which is pid:N or a file.
//
// One line a finding ("hit TARGET WHERE LABEL COUNT") and one a target ("read TARGET BYTES"). Exit 0 when
// every target could be read, whatever was found; a process that cannot be read is a failure, not an empty
// one.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <queue>
#include <sstream>
#include <string>
#include <vector>

namespace {

/// Aho–Corasick: all needles in one pass, across the edges of blocks too.
class Needles {
  public:
    Needles() { next_.emplace_back(); }

    void add(const std::string& label, const std::string& bytes) {
        std::uint32_t state = 0;
        for (const unsigned char byte : bytes) {
            if (next_[state][byte] == 0) {
                next_[state][byte] = static_cast<std::uint32_t>(next_.size());
                next_.emplace_back();
                ends_.resize(next_.size(), -1);
            }
            state = next_[state][byte];
        }
        ends_.resize(next_.size(), -1);
        ends_[state] = static_cast<int>(labels_.size());
        labels_.push_back(label);
    }

    void finish() {
        shorter_.assign(next_.size(), 0);
        ends_.resize(next_.size(), -1);
        std::queue<std::uint32_t> states;
        for (const auto state : next_[0])
            if (state) states.push(state);
        while (!states.empty()) {
            link(states.front(), states);
            states.pop();
        }
    }

    template <class Found>
    std::uint32_t feed(std::uint32_t state, const unsigned char* bytes, std::size_t size, Found found) const {
        for (std::size_t i = 0; i < size; ++i) {
            state = next_[state][bytes[i]];
            for (auto hit = state; hit; hit = shorter_[hit])
                if (ends_[hit] >= 0) found(labels_[static_cast<std::size_t>(ends_[hit])]);
        }
        return state;
    }

  private:
    void link(std::uint32_t state, std::queue<std::uint32_t>& states) {
        for (std::size_t byte = 0; byte < next_[state].size(); ++byte) {
            const auto child = next_[state][byte];
            const auto fallback = next_[shorter_[state]][byte];
            if (child) {
                shorter_[child] = fallback;
                states.push(child);
            } else {
                next_[state][byte] = fallback;
            }
        }
    }

    std::vector<std::array<std::uint32_t, 256>> next_;
    std::vector<std::uint32_t> shorter_;
    std::vector<int> ends_;
    std::vector<std::string> labels_;
};

struct Report {
    std::map<std::pair<std::string, std::string>, std::size_t> hits;  ///< where, label
    std::size_t read = 0;
};

constexpr std::size_t kBlock = std::size_t{1} << 20;

void scanRange(int fd, std::uint64_t from, std::uint64_t to, const std::string& where, const Needles& needles,
               Report& report) {
    static std::vector<unsigned char> block(kBlock);
    std::uint32_t state = 0;
    const auto page = static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
    while (from < to) {
        const auto wanted = std::min<std::uint64_t>(kBlock, to - from);
        const auto got = pread(fd, block.data(), wanted, static_cast<off_t>(from));
        if (got <= 0) {  // a guard page, a page past a file's end: what lies behind it may be readable again
            from = (from / page + 1) * page;
            state = 0;
            continue;
        }
        state = needles.feed(state, block.data(), static_cast<std::size_t>(got),
                             [&](const std::string& label) { ++report.hits[{where, label}]; });
        report.read += static_cast<std::size_t>(got);
        from += static_cast<std::uint64_t>(got);
    }
}

struct Mapping {
    std::uint64_t from = 0, to = 0;
    std::string rights, inode, name;
    bool ownPages = false;  ///< some page is not the file's any more

    /// A file's pages that this process never wrote are read as the file; they hold what the package brought.
    bool worthReading() const {
        if (rights.empty() || rights[0] != 'r' || name == "[vvar]" || name == "[vsyscall]") return false;
        return inode == "0" || rights[1] == 'w' || rights[3] == 's' || ownPages;
    }
};

std::vector<Mapping> mappingsOf(const std::string& pid) {
    std::vector<Mapping> all;
    std::ifstream smaps("/proc/" + pid + "/smaps");
    for (std::string line; std::getline(smaps, line);) {
        std::istringstream words(line);
        std::string first, second;
        words >> first >> second;
        if (first == "Anonymous:" && !all.empty()) all.back().ownPages = second != "0";
        const auto dash = first.find('-');
        if (first.back() == ':' || dash == std::string::npos) continue;
        Mapping mapping{std::stoull(first.substr(0, dash), nullptr, 16),
                        std::stoull(first.substr(dash + 1), nullptr, 16),
                        second,
                        {},
                        {}};
        std::string offset, device;
        words >> offset >> device >> mapping.inode;
        std::getline(words >> std::ws, mapping.name);
        std::replace(mapping.name.begin(), mapping.name.end(), ' ', '_');
        all.push_back(std::move(mapping));
    }
    return all;
}

bool scanProcess(const std::string& pid, const Needles& needles, Report& report) {
    const int memory = open(("/proc/" + pid + "/mem").c_str(), O_RDONLY | O_CLOEXEC);
    if (memory < 0) return false;
    for (const auto& mapping : mappingsOf(pid))
        if (mapping.worthReading())
            scanRange(memory, mapping.from, mapping.to, mapping.name.empty() ? "[anon]" : mapping.name,
                      needles, report);
    close(memory);
    return report.read > 0;
}

bool scanFile(const std::string& path, const Needles& needles, Report& report) {
    // Not a FIFO's or a device's other end; a vanished file holds nothing any more.
    const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0) return errno == ENOENT || errno == ENXIO || errno == ELOOP;
    static std::vector<unsigned char> block(kBlock);
    std::uint32_t state = 0;
    for (ssize_t got; (got = read(fd, block.data(), block.size())) > 0;) {
        state = needles.feed(state, block.data(), static_cast<std::size_t>(got),
                             [&](const std::string& label) { ++report.hits[{"file", label}]; });
        report.read += static_cast<std::size_t>(got);
    }
    close(fd);
    return true;
}

std::string fromHex(const std::string& hex) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    return bytes;
}

}  // namespace

int main() {
    Needles needles;
    std::vector<std::string> targets;
    std::size_t known = 0;
    for (std::string kind, rest; std::cin >> kind;) {
        if (kind == "target" && std::getline(std::cin >> std::ws, rest)) targets.push_back(rest);
        if (kind != "needle") continue;
        std::string label, hex;
        std::cin >> label >> hex;
        needles.add(label, fromHex(hex));
        ++known;
    }
    if (known == 0 || targets.empty()) return 2;
    needles.finish();
    bool all = true;
    for (const auto& target : targets) {
        Report report;
        const bool readable = target.rfind("pid:", 0) == 0 ? scanProcess(target.substr(4), needles, report)
                                                           : scanFile(target, needles, report);
        for (const auto& [at, count] : report.hits)
            std::printf("hit\t%s\t%s\t%s\t%zu\n", target.c_str(), at.first.c_str(), at.second.c_str(), count);
        std::printf("%s\t%s\t%zu\n", readable ? "read" : "unreadable", target.c_str(), report.read);
        all = all && readable;
    }
    return all ? 0 : 1;
}
