#include "ledger/Ledger.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/Disk.h"
#include "base/Files.h"
#include "base/VietnameseText.h"
#include "crypto/Bytes.h"
#include "ledger/Mark.h"

namespace tram::ledger {
namespace {

using base::ProblemKind;
using base::Result;

constexpr const char* kLock = "ledger.lock";
constexpr unsigned kMode = 0600;
constexpr std::size_t kChainBytes = 8;

std::string_view textOfDamage(const std::optional<Broken>& broken) {
    return broken ? name(broken->damage) : std::string_view("missing");
}

/// A disk that fails to write is not one whose file cannot be read.
base::Problem writeProblem(int error, const std::filesystem::path& path) {
    auto problem = base::fileProblem(error, path);
    if (error == EIO) problem.kind = ProblemKind::StoreReadOnly;
    return problem;
}

}  // namespace

/// What the newest chain comes to, as far as its last file tells.
struct Ledger::Tail {
    Head head;
    std::size_t size = 0, torn = 0;
    std::optional<Broken> broken;
};

Ledger::Ledger(std::filesystem::path directory, const base::Clock& clock, Options options)
    : directory_(std::move(directory)), clock_(&clock), options_(std::move(options)) {}

Ledger::Ledger(Ledger&& other) noexcept
    : directory_(std::move(other.directory_)),
      clock_(other.clock_),
      options_(std::move(other.options_)),
      file_(std::exchange(other.file_, -1)),
      segment_(std::move(other.segment_)),
      size_(other.size_),
      head_(std::move(other.head_)) {}

Ledger::~Ledger() {
    close();
}

void Ledger::close() {
    if (file_ >= 0) ::close(file_);
    file_ = -1;
}

Result<Ledger> Ledger::open(const std::filesystem::path& directory, const base::Clock& clock) {
    return open(directory, clock, Options());
}

Result<Ledger> Ledger::open(const std::filesystem::path& directory, const base::Clock& clock,
                            Options options) {
    if (auto made = base::makeDirectories(directory); !made) return tl::unexpected(made.error());
    return Ledger(directory, clock, std::move(options));
}

Result<Head> Ledger::append(const Event& event) {
    auto cleaned = event;
    cleaned.desk = base::clean(event.desk);
    if (event.kind == Kind::ChainBegun || event.kind == Kind::LogResumed)  // ours alone
        return base::fail(ProblemKind::Malformed, {{"key", "kind"}});
    if (auto fits = check(cleaned); !fits) return tl::unexpected(fits.error());
    const auto alone =
        base::FileLock::take(directory_ / kLock, base::FileLock::Kind::Alone, options_.patience);
    if (!alone) return tl::unexpected(alone.error());
    if (auto ready = prepare(); !ready) return tl::unexpected(ready.error());
    return addLine(cleaned);
}

Result<void> Ledger::prepare() {
    if (file_ >= 0 && isAsLeft()) return {};
    close();
    auto looked = look();
    if (!looked) close();
    return looked;
}

/// Nobody has written here since we did.
bool Ledger::isAsLeft() const {
    struct stat ours{}, named{};
    if (::fstat(file_, &ours) != 0 || ::stat(segment_.file.c_str(), &named) != 0) return false;
    const auto gone = [&](int chain, int part) {
        return ::access(Segment::at(directory_, chain, part).file.c_str(), F_OK) != 0;
    };
    return ours.st_ino == named.st_ino && ours.st_dev == named.st_dev &&
           ours.st_size == static_cast<off_t>(size_) && gone(segment_.chain, segment_.part + 1) &&
           gone(segment_.chain + 1, 1) && !readMark(directory_, segment_.chain);
}

Result<void> Ledger::look() {
    auto segments = segmentsIn(directory_);
    if (!segments) return tl::unexpected(segments.error());
    const auto begun = takeBegun(*segments);
    if (!begun) return tl::unexpected(begun.error());
    const auto known = options_.acknowledged ? options_.acknowledged() : std::vector<Head>();
    head_ = {};
    if (segments->empty()) return beginChain(begun->value_or(1), known.empty() ? "first" : "missing", 0);
    const auto& last = segments->back();
    auto tail = tailOf(*segments, known);
    if (!tail) return tl::unexpected(tail.error());
    if (const auto marked = readMark(directory_, last.chain)) tail->broken = marked;
    head_ = tail->head;
    if (!tail->broken && !*begun) return goOn(last, tail->size, tail->torn);
    return beginChain(begun->value_or(last.chain + 1), textOfDamage(tail->broken),
                      tail->broken ? tail->broken->n : 0);
}

/// A chain of which no line was whole when the power went, or the disk was full: it is begun once more.
Result<std::optional<int>> Ledger::takeBegun(std::vector<Segment>& segments) {
    if (segments.empty() || segments.back().part > 1) return std::optional<int>();
    const auto text = SegmentText::read(segments.back().file);
    if (!text && text.error().kind == ProblemKind::TooLarge) return std::optional<int>();
    if (!text) return tl::unexpected(text.error());
    if (text->size() > 0 || !isTorn(text->rest())) return std::optional<int>();
    const auto begun = std::move(segments.back());
    segments.pop_back();
    return std::optional(begun.chain);
}

/// The line before a file's first stands at the end of the file before it; where that one was only begun,
/// before that.
Result<Ledger::Tail> Ledger::tailOf(const std::vector<Segment>& segments,
                                    const std::vector<Head>& known) const {
    auto begin = segments.size() - 1;
    const int chain = segments.back().chain;
    ChainCheck check(known);
    while (begin > 0 && segments[begin].part > 1 && segments[begin - 1].chain == chain) {
        const auto before = SegmentText::read(segments[begin - 1].file);
        if (!before && before.error().kind != ProblemKind::TooLarge) return tl::unexpected(before.error());
        const auto last = before && before->size() > 0 ? readLine(before->line(before->size() - 1))
                                                       : Result<ReadLine>(base::fail(ProblemKind::Malformed));
        if (last && last->holds) {
            check.startAfter(*last);
            break;
        }
        --begin;
    }
    Tail tail;
    if (segments[begin].part > 1 && check.walk().head().n == 0) tail.broken = Broken{Damage::Removed, 1};
    for (; begin < segments.size() && !tail.broken; ++begin) {
        const bool last = begin + 1 == segments.size();
        const auto text = SegmentText::read(segments[begin].file);
        if (!text && text.error().kind != ProblemKind::TooLarge) return tl::unexpected(text.error());
        if (!text) check.breakAs({Damage::Unreadable, check.walk().next()});
        if (text) check.takeAll(*text, last);
        tail = {check.walk().head(), text ? text->wholeBytes() : 0, check.seen.torn, check.seen.broken};
    }
    if (!tail.broken && tail.head.n > 0) check.end();
    if (!tail.broken) tail.broken = check.seen.broken;
    return tail;
}

Result<void> Ledger::goOn(const Segment& segment, std::size_t size, std::size_t torn) {
    if (auto opened = openFile(segment, 0); !opened) return opened;
    size_ = size;
    if (torn == 0) return {};
    if (base::disk().truncate(file_, size) != 0 || base::disk().sync(file_) != 0)
        return tl::unexpected(writeProblem(errno, segment.file));
    const auto said = addLine({.kind = Kind::LogResumed,
                               .staff = "",
                               .desk = "",
                               .members = {{"torn_bytes", static_cast<std::int64_t>(torn)}}});
    if (!said) return tl::unexpected(said.error());
    return {};
}

Result<void> Ledger::beginChain(int number, std::string_view after, std::int64_t brokenAt) {
    if (number > Segment::kMostChains) return base::fail(ProblemKind::OutOfRange, {{"key", "chain"}});
    if (auto made = create(Segment::at(directory_, number, 1), O_TRUNC); !made) return made;
    head_ = {crypto::toHex(crypto::randomBytes(kChainBytes)), 0,
             head_.n > 0 ? head_.hash : std::string(kNoHash)};
    Event first{
        .kind = Kind::ChainBegun, .staff = "", .desk = "", .members = {{"after", std::string(after)}}};
    if (brokenAt > 0) first.members["broken_at"] = brokenAt;
    const auto said = addLine(first);
    if (!said) return tl::unexpected(said.error());
    return {};
}

Result<void> Ledger::create(const Segment& segment, int flags) {
    if (auto opened = openFile(segment, O_CREAT | flags); !opened) return opened;
    if (base::disk().syncDirectory(directory_) == 0) return {};
    return tl::unexpected(writeProblem(errno, directory_));
}

Result<void> Ledger::openFile(const Segment& segment, int flags) {
    close();
    file_ = base::disk().open(segment.file, O_WRONLY | O_APPEND | O_NOFOLLOW | O_CLOEXEC | flags, kMode);
    if (file_ < 0) return tl::unexpected(writeProblem(errno, segment.file));
    segment_ = segment;
    size_ = 0;
    return {};
}

Result<Head> Ledger::addLine(const Event& event) {
    const Line line{head_.chain,    head_.n + 1,    head_.hash,
                    clock_->wall(), clock_->boot(), std::string(name(event.kind)),
                    event.staff,    event.desk,     event.members};
    const auto written = write(line);
    if (size_ > 0 && size_ + written.text.size() + 1 > options_.segmentBytes)
        if (auto made = create(Segment::at(directory_, segment_.chain, segment_.part + 1), O_EXCL); !made) {
            close();
            return tl::unexpected(made.error());
        }
    if (auto done = writeDurably(written.text + '\n'); !done) return tl::unexpected(done.error());
    head_ = {line.chain, line.n, written.hash};
    return head_;
}

/// What was not written whole is taken back; what was, and whose sync failed, is looked at anew next time.
Result<void> Ledger::writeDurably(std::string_view bytes) {
    for (auto left = bytes; !left.empty();) {
        const ssize_t wrote = base::disk().write(file_, left);
        if (wrote > 0) left.remove_prefix(static_cast<std::size_t>(wrote));
        if (wrote >= 0 || errno == EINTR) continue;
        const int error = errno;
        if (base::disk().truncate(file_, size_) != 0) close();
        return tl::unexpected(writeProblem(error, segment_.file));
    }
    if (base::disk().syncData(file_) != 0) {
        const int error = errno;
        close();
        return tl::unexpected(writeProblem(error, segment_.file));
    }
    size_ += bytes.size();
    return {};
}

}  // namespace tram::ledger
