#include <charconv>

#include "gateway/content/ByteRange.h"
#include "gateway/http/Problems.h"
#include "gateway/http/Routes.h"
#include "wire/PinnedRoot.h"

namespace tram::gateway {
namespace {

constexpr std::chrono::seconds kDownloadLater{5};

/// httplib 0.11.4 would cut an answer by the request's ranges once more, and reads past the end for some of
/// them (the request is httplib's own, and not const there).
void sendMyself(const httplib::Request& request) {
    const_cast<httplib::Request&>(request).ranges.clear();
}

void sendFile(Exchange& exchange, std::shared_ptr<PackDownload> file, const ByteRange& range) {
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
            return file->write(first + offset, left, sink.write);
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
    auto file = std::make_shared<PackDownload>(load_, *path, desk_.city.clock);
    if (file->size() == 0) return answerProblem(exchange.response, 404);
    const auto etag = '"' + exchange.place() + '"';
    const auto condition = exchange.header("If-Range");
    const bool sameBytes = condition.empty() || condition == etag;  // §13.1.5: strong comparison
    const auto range = ByteRange::read(sameBytes ? exchange.header("Range") : "", file->size());
    if (range.kind == ByteRange::Kind::Unsatisfiable) {
        exchange.response.set_header("Content-Range", "bytes */" + std::to_string(file->size()));
        return answerProblem(exchange.response, 416);
    }
    if (!file->begin(range.size())) return answerProblem(exchange.response, 503, kDownloadLater.count());
    exchange.response.set_header("ETag", etag);
    exchange.response.set_header("Accept-Ranges", "bytes");
    exchange.response.set_header("Cache-Control", "public, max-age=86400, immutable");
    sendFile(exchange, std::move(file), range);
}

}  // namespace tram::gateway
