#include <algorithm>
#include <chrono>

#include "gateway/http/Bodies.h"
#include "gateway/http/Problems.h"
#include "gateway/http/Routes.h"

namespace tram::gateway {
namespace {

constexpr std::chrono::seconds kLater{10};

bool isSha256(const std::string& text) {
    return text.size() == 64 &&
           std::ranges::all_of(text, [](char c) { return ('0' <= c && c <= '9') || ('a' <= c && c <= 'f'); });
}

/// The header names of draft-ietf-httpbis-resumable-upload.
void setState(Exchange& exchange, const UploadState& state) {
    exchange.response.set_header("Upload-Offset", std::to_string(state.offset));
    exchange.response.set_header("Upload-Complete", state.complete ? "?1" : "?0");
}

void answerState(Exchange& exchange, const UploadState& state) {
    exchange.response.status = 204;
    setState(exchange, state);
}

/// What is not wanted is read past: the connection behind nginx is used again.
void skip(const httplib::ContentReader& reader) {
    reader([](const char*, std::size_t) { return true; });
}

/// The declared piece; the whole when there is no Content-Range.
std::optional<ContentRange> declared(const Exchange& exchange) {
    std::size_t length = 0;
    const auto text = exchange.header("Content-Length");
    if (text.empty() || text.size() > 12 ||
        !std::ranges::all_of(text, [](char c) { return '0' <= c && c <= '9'; }))
        return std::nullopt;
    length = std::stoull(text);
    if (!exchange.request.has_header("Content-Range"))
        return length > 0 ? std::optional(ContentRange{0, length - 1, length}) : std::nullopt;
    auto range = parseContentRange(exchange.header("Content-Range"));
    return range && range->last - range->first + 1 == length ? range : std::nullopt;
}

base::Result<UploadState> receiveInto(Attachments::Upload& upload, const httplib::ContentReader& reader) {
    base::Result<void> kept;
    const bool whole = reader([&](const char* data, std::size_t size) {
        if (kept) kept = upload.add(crypto::view({data, size}));
        return true;
    });
    if (!kept) return tl::unexpected(kept.error());
    if (!whole) return base::fail(base::ProblemKind::Malformed);
    return upload.finish();
}

}  // namespace

AttachmentRoutes::AttachmentRoutes(Desk desk) : desk_(desk) {
    desk_.router.get("/v1/attachments/{sha256}", [this](Exchange& exchange) { head(exchange); });
    desk_.router.put("/v1/attachments/{sha256}",
                     [this](Exchange& exchange, const auto& reader) { put(exchange, reader); });
}

void AttachmentRoutes::head(Exchange& exchange) {
    if (exchange.request.method != "HEAD") {
        answerProblem(exchange.response, 405);
        return exchange.response.set_header("Allow", "HEAD, PUT");
    }
    const auto kiosk = authenticate(desk_, exchange);
    if (!kiosk) return;
    if (!isSha256(exchange.place())) return answerProblem(exchange.response, 404);
    const auto state = desk_.city.attachments.state(kiosk->id, exchange.place());
    if (!state) return answerProblem(exchange.response, state.error());
    answerState(exchange, *state);
}

Uploads::Place::Place(Uploads& uploads, const std::string& kioskId) : uploads_(uploads), kioskId_(kioskId) {
    const std::lock_guard lock(uploads_.mutex_);
    const auto found = uploads_.underWay_.find(kioskId_);
    free_ = uploads_.inAll_ < kInAll && (found == uploads_.underWay_.end() || found->second < kPerKiosk);
    if (!free_) return;
    ++uploads_.underWay_[kioskId_];
    ++uploads_.inAll_;
}

Uploads::Place::~Place() {
    if (!free_) return;
    const std::lock_guard lock(uploads_.mutex_);
    --uploads_.inAll_;
    if (const auto found = uploads_.underWay_.find(kioskId_); --found->second == 0)
        uploads_.underWay_.erase(found);
}

void AttachmentRoutes::put(Exchange& exchange, const httplib::ContentReader& reader) {
    const auto kiosk = authenticate(desk_, exchange);
    if (!kiosk) return skip(reader);
    const Uploads::Place place(uploads_, kiosk->id);
    // Its body is not waited for: the connection closes.
    if (!place.free()) return answerProblem(exchange.response, 429, kLater.count());
    receive(exchange, reader, *kiosk);
}

void AttachmentRoutes::receive(Exchange& exchange, const httplib::ContentReader& reader, const Kiosk& kiosk) {
    const auto refuse = [&](int status) {
        skip(reader);
        answerProblem(exchange.response, status);
    };
    if (!isSha256(exchange.place())) return refuse(404);
    const auto range = declared(exchange);
    if (!range) return refuse(400);
    auto& attachments = desk_.city.attachments;
    auto upload = attachments.begin(kiosk.id, exchange.place(), range->total, range->first, exchange.now);
    if (!upload) {
        skip(reader);
        const auto stands = attachments.state(kiosk.id, exchange.place());
        if (stands && stands->complete) return answerState(exchange, *stands);
        answerProblem(exchange.response, upload.error());
        if (stands && upload.error().kind == base::ProblemKind::Conflict) setState(exchange, *stands);
        return;
    }
    const auto state = receiveInto(**upload, reader);
    if (!state) return answerProblem(exchange.response, state.error());
    answerState(exchange, *state);
}

}  // namespace tram::gateway
