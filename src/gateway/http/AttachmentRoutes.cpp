#include <algorithm>

#include "gateway/http/Bodies.h"
#include "gateway/http/Problems.h"
#include "gateway/http/Routes.h"

namespace tram::gateway {
namespace {

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

base::Result<UploadState> receive(Attachments::Upload& upload, const httplib::ContentReader& reader) {
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

void AttachmentRoutes::put(Exchange& exchange, const httplib::ContentReader& reader) {
    const auto refuse = [&](int status) {
        skip(reader);
        answerProblem(exchange.response, status);
    };
    const auto kiosk = authenticate(desk_, exchange);
    if (!kiosk) return skip(reader);
    if (!isSha256(exchange.place())) return refuse(404);
    const auto range = declared(exchange);
    if (!range) return refuse(400);
    auto& attachments = desk_.city.attachments;
    auto upload = attachments.begin(kiosk->id, exchange.place(), range->total, range->first, exchange.now);
    if (!upload) {
        skip(reader);
        const auto stands = attachments.state(kiosk->id, exchange.place());
        if (stands && stands->complete) return answerState(exchange, *stands);
        answerProblem(exchange.response, upload.error());
        if (stands && upload.error().kind == base::ProblemKind::Conflict) setState(exchange, *stands);
        return;
    }
    const auto state = receive(**upload, reader);
    if (!state) return answerProblem(exchange.response, state.error());
    answerState(exchange, *state);
}

}  // namespace tram::gateway
