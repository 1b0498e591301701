#include "net/HttpClient.h"

#include <curl/curl.h>
#include <sys/socket.h>

#include <atomic>
#include <csignal>

#include "net/Exchange.h"

namespace tram::net {

namespace {

CURLcode initCurl() {
    // OpenSSL writes to sockets without MSG_NOSIGNAL, and CURLOPT_NOSIGNAL leaves SIGPIPE to the program.
    std::signal(SIGPIPE, SIG_IGN);
    return curl_global_init(CURL_GLOBAL_DEFAULT);
}

void initCurlOnce() {
    static const CURLcode done = initCurl();
    (void)done;
}

constexpr int kPollMs = 1000;  // an upper bound only: data, curl's own timers and cancel() end a poll earlier

}  // namespace

std::string HttpResponse::header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string() : found->second;
}

/// A multi handle of one transfer rather than curl_easy_perform: curl_multi_wakeup ends a wait at once, where
/// the easy interface looks at its progress callback only once a second. The multi handle also owns the
/// connection.
struct HttpClient::Impl {
    explicit Impl(Options chosen) : options(std::move(chosen)) {
        initCurlOnce();
        multi = curl_multi_init();
        easy = curl_easy_init();
    }
    ~Impl() {
        curl_easy_cleanup(easy);
        curl_multi_cleanup(multi);
    }

    base::Result<CURLcode> run();
    CURLcode outcome();

    Options options;
    Sockets sockets;
    CURLM* multi = nullptr;
    CURL* easy = nullptr;
    std::atomic<bool> cancelled = false;
};

base::Result<CURLcode> HttpClient::Impl::run() {
    int running = 1;
    while (running > 0) {
        if (cancelled) return base::fail(base::ProblemKind::Cancelled);
        if (curl_multi_perform(multi, &running) != CURLM_OK) return base::fail(base::ProblemKind::Internal);
        if (running > 0) curl_multi_poll(multi, nullptr, 0, kPollMs, nullptr);
    }
    return outcome();
}

CURLcode HttpClient::Impl::outcome() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
        if (message->msg == CURLMSG_DONE) return message->data.result;
    }
    return CURLE_FAILED_INIT;
}

HttpClient::HttpClient(Options options) : impl_(std::make_unique<Impl>(std::move(options))) {}
HttpClient::~HttpClient() = default;

base::Result<HttpResponse> HttpClient::send(const HttpRequest& request) {
    if (impl_->cancelled) return base::fail(base::ProblemKind::Cancelled);
    if (!impl_->multi || !impl_->easy) return base::fail(base::ProblemKind::Internal);
    Exchange exchange(impl_->easy, request, impl_->options, impl_->sockets);
    if (auto ready = exchange.prepare(); !ready) return tl::unexpected(ready.error());
    if (curl_multi_add_handle(impl_->multi, impl_->easy) != CURLM_OK) {
        return base::fail(base::ProblemKind::Internal);
    }
    auto code = impl_->run();
    curl_multi_remove_handle(impl_->multi, impl_->easy);
    if (!code) return tl::unexpected(code.error());
    return exchange.finish(*code);
}

/// curl has no call for it, but looks whether a connection still lives before it uses it again.
void HttpClient::dropConnections() {
    for (const int open : impl_->sockets.open) shutdown(open, SHUT_RDWR);
}

void HttpClient::cancel() {
    impl_->cancelled = true;
    if (impl_->multi) curl_multi_wakeup(impl_->multi);
}

}  // namespace tram::net
