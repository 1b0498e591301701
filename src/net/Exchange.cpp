#include "net/Exchange.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>

namespace tram::net {

using base::ProblemKind;

namespace {

constexpr std::size_t kMaxHeaderBytes = 64u << 10;
// A line that gives less than this for so long is treated as dead (a slow drip, a stalled modem).
constexpr long kLowSpeedBytes = 64, kLowSpeedSeconds = 20;

/// curl 7.88 opens its sockets inheritable; the kiosk replaces its process after every resident.
curl_socket_t openSocket(void* ours, curlsocktype, curl_sockaddr* address) {
    auto& sockets = *static_cast<Sockets*>(ours);
    sockets.wanted = true;
    if (sockets.onlyThese) return CURL_SOCKET_BAD;
    const int opened = socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
    if (opened >= 0) sockets.open.insert(opened);
    return opened;
}

int closeSocket(void* ours, curl_socket_t socket) {
    static_cast<Sockets*>(ours)->open.erase(socket);
    return close(socket);
}

bool breaksHeader(const std::string& text) {
    return text.find_first_of("\r\n\0", 0, 3) != std::string::npos;
}

std::string_view trimmed(std::string_view text) {
    const auto isBlank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    while (!text.empty() && isBlank(text.front())) text.remove_prefix(1);
    while (!text.empty() && isBlank(text.back())) text.remove_suffix(1);
    return text;
}

std::string lowerCase(std::string_view text) {
    std::string lower(text);
    for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return lower;
}

bool isTrustFailure(CURLcode code) {
    switch (code) {
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_ISSUER_ERROR:
        case CURLE_SSL_INVALIDCERTSTATUS:
        case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
        case CURLE_SSL_CIPHER:
        case CURLE_USE_SSL_FAILED:
            return true;
        default:
            return false;
    }
}

bool isLineFailure(CURLcode code) {
    switch (code) {
        case CURLE_COULDNT_RESOLVE_HOST:
        case CURLE_COULDNT_CONNECT:
        case CURLE_SEND_ERROR:
        case CURLE_RECV_ERROR:
        case CURLE_GOT_NOTHING:
        case CURLE_SSL_CONNECT_ERROR:  // also a line cut in the middle of the handshake
        case CURLE_INTERFACE_FAILED:
            return true;
        default:
            return false;
    }
}

}  // namespace

Exchange::Exchange(CURL* easy, const HttpRequest& request, const HttpClient::Options& options,
                   Sockets& sockets)
    : easy_(easy), request_(request), options_(options), sockets_(sockets) {
    sockets_.onlyThese = request.keptConnectionOnly;
    sockets_.wanted = false;
}

Exchange::~Exchange() {
    curl_easy_reset(easy_);  // keeps no pointer to this; connections belong to the multi handle
    curl_slist_free_all(headers_);
    if (file_ >= 0) close(file_);
}

base::Result<void> Exchange::prepare() {
    curl_easy_reset(easy_);
    setLine();
    setTls();
    setLimits();
    setMethod();
    if (auto done = setHeaders(); !done) return done;
    if (!request_.bodyFile.empty()) {
        if (auto done = setFileBody(); !done) return done;
    }
    if (refused_) return base::fail(ProblemKind::Internal, {{"detail", "request"}});
    return {};
}

void Exchange::setLine() {
    set(CURLOPT_URL, request_.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_PROXY, "");  // "" and not NULL: otherwise curl reads http_proxy
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_QUICK_EXIT, 1L);  // never wait for a resolver thread after a timeout or cancel()
    set(CURLOPT_TCP_KEEPALIVE, 1L);
    set(CURLOPT_OPENSOCKETFUNCTION, &openSocket);
    set(CURLOPT_OPENSOCKETDATA, static_cast<void*>(&sockets_));
    set(CURLOPT_CLOSESOCKETFUNCTION, &closeSocket);
    set(CURLOPT_CLOSESOCKETDATA, static_cast<void*>(&sockets_));
    set(CURLOPT_USERAGENT, options_.userAgent.c_str());
}

void Exchange::setTls() {
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (options_.caFile.empty()) return;
    set(CURLOPT_CAINFO, options_.caFile.c_str());
    set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));  // that file alone, not the system's beside it
}

void Exchange::setLimits() {
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request_.connectTimeout.count()));
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(request_.timeout.count()));
    set(CURLOPT_LOW_SPEED_LIMIT, kLowSpeedBytes);
    set(CURLOPT_LOW_SPEED_TIME, kLowSpeedSeconds);
    set(CURLOPT_HEADERFUNCTION, &Exchange::onHeader);
    set(CURLOPT_HEADERDATA, static_cast<void*>(this));
    set(CURLOPT_WRITEFUNCTION, &Exchange::onBody);
    set(CURLOPT_WRITEDATA, static_cast<void*>(this));
}

void Exchange::setMethod() {
    if (request_.method == "HEAD") {
        set(CURLOPT_NOBODY, 1L);
    } else if (!request_.bodyFile.empty()) {
        set(CURLOPT_UPLOAD, 1L);
    } else if (request_.method != "GET" || !request_.body.empty()) {
        set(CURLOPT_POSTFIELDS, request_.body.c_str());
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
    }
    set(CURLOPT_CUSTOMREQUEST, request_.method.c_str());
}

base::Result<void> Exchange::setHeaders() {
    // "Expect: 100-continue" costs a round trip; "Content-Type:" takes away the form type curl would claim.
    bool typed = false;
    headers_ = curl_slist_append(nullptr, "Expect:");
    for (const auto& [name, value] : request_.headers) {
        if (breaksHeader(name) || breaksHeader(value))
            return base::fail(ProblemKind::Internal, {{"detail", "header"}});
        typed = typed || lowerCase(name) == "content-type";
        headers_ = curl_slist_append(headers_, std::string(name).append(": ").append(value).c_str());
    }
    if (!typed) headers_ = curl_slist_append(headers_, "Content-Type:");
    set(CURLOPT_HTTPHEADER, headers_);
    return {};
}

base::Result<void> Exchange::setFileBody() {
    struct stat info{};
    file_ = open(request_.bodyFile.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (file_ < 0)
        return base::fail(errno == ENOENT ? ProblemKind::FileMissing : ProblemKind::FileUnreadable);
    if (fstat(file_, &info) != 0 || !S_ISREG(info.st_mode) ||
        static_cast<std::size_t>(info.st_size) < request_.fileOffset) {
        return base::fail(ProblemKind::FileUnreadable);
    }
    fileBody_ = static_cast<std::size_t>(info.st_size) - request_.fileOffset;
    if (onSeek(this, 0, SEEK_SET) != CURL_SEEKFUNC_OK) return base::fail(ProblemKind::FileUnreadable);
    set(CURLOPT_READFUNCTION, &Exchange::onRead);
    set(CURLOPT_READDATA, static_cast<void*>(this));
    set(CURLOPT_SEEKFUNCTION, &Exchange::onSeek);
    set(CURLOPT_SEEKDATA, static_cast<void*>(this));
    set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(fileBody_));
    return {};
}

base::Result<HttpResponse> Exchange::finish(CURLcode code) {
    if (code != CURLE_OK) return tl::unexpected(problemOf(code));
    long status = 0;
    curl_easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
    response_.status = static_cast<int>(status);
    return std::move(response_);
}

base::Problem Exchange::problemOf(CURLcode code) const {
    if (tooLong_) return {ProblemKind::BadResponse, {{"detail", "too_long"}}};
    if (fileCut_) return {ProblemKind::FileUnreadable, {}};
    if (sockets_.onlyThese && sockets_.wanted) return {ProblemKind::NoNetwork, {{"detail", "no_connection"}}};
    if (code == CURLE_OPERATION_TIMEDOUT) return {ProblemKind::Timeout, {}};
    if (isTrustFailure(code)) return {ProblemKind::UntrustedCertificate, {}};
    if (isLineFailure(code)) return {ProblemKind::NoNetwork, {}};
    if (code == CURLE_PARTIAL_FILE) return {ProblemKind::BadResponse, {{"detail", "broken_off"}}};
    // curl says "unsupported protocol" of an answer that is not HTTP, too.
    long asked = 0;
    curl_easy_getinfo(easy_, CURLINFO_REQUEST_SIZE, &asked);
    if (asked == 0 && (code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL)) {
        return {ProblemKind::Internal, {{"detail", "url"}}};
    }
    return {ProblemKind::BadResponse, {{"detail", "curl_" + std::to_string(code)}}};
}

std::size_t Exchange::onHeader(char* data, std::size_t size, std::size_t count, void* self) {
    auto& exchange = *static_cast<Exchange*>(self);
    exchange.headerBytes_ += size * count;
    if (exchange.headerBytes_ > kMaxHeaderBytes) {
        exchange.tooLong_ = true;
        return 0;
    }
    exchange.takeHeader({data, size * count});
    return size * count;
}

void Exchange::takeHeader(std::string_view line) {
    if (line.starts_with("HTTP/")) response_.headers.clear();  // after a 1xx the real answer begins anew
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || !response_.body.empty()) return;  // a trailer is no header
    response_.headers[lowerCase(trimmed(line.substr(0, colon)))] = trimmed(line.substr(colon + 1));
}

std::size_t Exchange::onBody(char* data, std::size_t size, std::size_t count, void* self) {
    auto& exchange = *static_cast<Exchange*>(self);
    if (exchange.response_.body.size() + size * count > exchange.request_.maxResponseBytes) {
        exchange.tooLong_ = true;
        return 0;
    }
    exchange.response_.body.append(data, size * count);
    return size * count;
}

std::size_t Exchange::onRead(char* out, std::size_t size, std::size_t count, void* self) {
    auto& exchange = *static_cast<Exchange*>(self);
    const ssize_t got = read(exchange.file_, out, std::min(size * count, exchange.fileLeft_));
    if (got < 0 || (got == 0 && exchange.fileLeft_ > 0)) {
        exchange.fileCut_ = true;
        return CURL_READFUNC_ABORT;
    }
    exchange.fileLeft_ -= static_cast<std::size_t>(got);
    return static_cast<std::size_t>(got);
}

/// curl rewinds when a kept connection turns out dead and the request goes out again.
int Exchange::onSeek(void* self, curl_off_t offset, int origin) {
    auto& exchange = *static_cast<Exchange*>(self);
    if (origin != SEEK_SET || static_cast<std::size_t>(offset) > exchange.fileBody_)
        return CURL_SEEKFUNC_FAIL;
    const auto place = static_cast<off_t>(exchange.request_.fileOffset) + offset;
    if (lseek(exchange.file_, place, SEEK_SET) != place) return CURL_SEEKFUNC_FAIL;
    exchange.fileLeft_ = exchange.fileBody_ - static_cast<std::size_t>(offset);
    return CURL_SEEKFUNC_OK;
}

}  // namespace tram::net
