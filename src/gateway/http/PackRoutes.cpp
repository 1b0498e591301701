#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "gateway/content/ByteRange.h"
#include "gateway/http/Problems.h"
#include "gateway/http/Routes.h"
#include "wire/PinnedRoot.h"

namespace tram::gateway {
namespace {

constexpr std::chrono::seconds kDownloadLater{5};

/// A place among those who download, and the file: for as long as the answer is being written.
class Download {
  public:
    Download(std::atomic<int>& underWay, const std::filesystem::path& file)
        : underWay_(underWay), free_(underWay_++ < PackRoutes::kMostUnderWay) {
        struct stat info{};
        file_ = open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
        if (file_ >= 0 && fstat(file_, &info) == 0 && S_ISREG(info.st_mode))
            size_ = static_cast<std::uint64_t>(info.st_size);
    }
    ~Download() {
        if (file_ >= 0) close(file_);
        --underWay_;
    }
    Download(const Download&) = delete;
    Download& operator=(const Download&) = delete;
    bool free() const { return free_; }
    std::uint64_t size() const { return size_; }  ///< 0: it is not there

    /// Some of the bytes from `offset` on; false when they are not there any more.
    bool write(std::uint64_t offset, std::size_t most, httplib::DataSink& sink) const {
        std::array<char, 64 * 1024> piece;
        const auto got = pread(file_, piece.data(), std::min(most, piece.size()), static_cast<off_t>(offset));
        return got > 0 && sink.write(piece.data(), static_cast<std::size_t>(got));
    }

  private:
    std::atomic<int>& underWay_;
    bool free_;
    int file_ = -1;
    std::uint64_t size_ = 0;
};

/// httplib 0.11.4 would cut an answer by the request's ranges once more, and reads past the end for some of
/// them (the request is httplib's own, and not const there).
void sendMyself(const httplib::Request& request) {
    const_cast<httplib::Request&>(request).ranges.clear();
}

void sendFile(Exchange& exchange, std::shared_ptr<Download> file, const ByteRange& range) {
    const bool part = range.kind == ByteRange::Kind::Part;
    exchange.response.status = part ? 206 : 200;
    if (part)
        exchange.response.set_header("Content-Range", "bytes " + std::to_string(range.first) + "-" +
                                                          std::to_string(range.last) + "/" +
                                                          std::to_string(file->size()));
    exchange.response.set_content_provider(
        range.size(), "application/octet-stream",
        [file = std::move(file), first = range.first](std::size_t offset, std::size_t left,
                                                      httplib::DataSink& sink) {
            return file->write(first + offset, left, sink);
        });
}

/// The number in a place of a route; 0 when it is none.
int rootVersionIn(const std::string& text) {
    int value = 0;
    const auto* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    const bool plain = !text.empty() && text.front() != '0' && text.front() != '-';
    return plain && read.ec == std::errc() && read.ptr == end ? value : 0;
}

}  // namespace

PackRoutes::PackRoutes(Desk desk) : desk_(desk) {
    desk_.router.get("/v1/content/pin.json", [this](Exchange& exchange) { pin(exchange); });
    desk_.router.get("/v1/content/packs.json", [this](Exchange& exchange) { manifest(exchange); });
    desk_.router.get("/v1/content/root/{version}.json", [this](Exchange& exchange) { root(exchange); });
    desk_.router.get("/v1/content/packs/{sha256}", [this](Exchange& exchange) { pack(exchange); });
}

void PackRoutes::pin(Exchange& exchange) {
    const auto& shelf = desk_.city.packs;
    auto root = shelf.root(shelf.newestRoot());
    if (!root) return answerProblem(exchange.response, 404);
    exchange.reply(200, wire::PinnedRoot::sign(std::move(*root), desk_.city.keys.identity()));
}

void PackRoutes::root(Exchange& exchange) {
    auto root = desk_.city.packs.root(rootVersionIn(exchange.place()));
    if (!root) return answerProblem(exchange.response, 404);
    exchange.response.set_header("Cache-Control", "public, max-age=86400, immutable");
    exchange.reply(200, std::move(*root));
}

void PackRoutes::manifest(Exchange& exchange) {
    const auto manifest = desk_.city.packs.manifest();
    if (!manifest) return answerProblem(exchange.response, 404);
    exchange.response.set_header("ETag", manifest->etag);
    exchange.response.set_header("Cache-Control", "public, max-age=10");
    if (exchange.header("If-None-Match") == manifest->etag) {
        exchange.response.status = 304;
        return;
    }
    exchange.reply(200, manifest->bytes);
}

/// RFC 9110 §14: the name is the hash of the bytes, so that they never change, and so is the tag.
void PackRoutes::pack(Exchange& exchange) {
    sendMyself(exchange.request);
    const auto path = desk_.city.packs.pack(exchange.place());
    if (!path) return answerProblem(exchange.response, 404);
    auto file = std::make_shared<Download>(underWay_, *path);
    if (!file->free()) return answerProblem(exchange.response, 503, kDownloadLater.count());
    if (file->size() == 0) return answerProblem(exchange.response, 404);
    const auto etag = '"' + exchange.place() + '"';
    const auto condition = exchange.header("If-Range");
    const bool sameBytes = condition.empty() || condition == etag;  // §13.1.5: strong comparison
    const auto range = ByteRange::read(sameBytes ? exchange.header("Range") : "", file->size());
    if (range.kind == ByteRange::Kind::Unsatisfiable) {
        exchange.response.set_header("Content-Range", "bytes */" + std::to_string(file->size()));
        return answerProblem(exchange.response, 416);
    }
    exchange.response.set_header("ETag", etag);
    exchange.response.set_header("Accept-Ranges", "bytes");
    exchange.response.set_header("Cache-Control", "public, max-age=86400, immutable");
    sendFile(exchange, std::move(file), range);
}

}  // namespace tram::gateway
