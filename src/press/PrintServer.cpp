#include "press/PrintServer.h"

#include <cups/cups.h>
#include <pwd.h>
#include <unistd.h>

#include <algorithm>

namespace tram::press {

using base::fail;
using base::ProblemKind;
using base::Result;

namespace {

constexpr int kConnectMs = 5000;
constexpr double kAnswerSeconds = 5;
constexpr char kName[] = "tram";  // of every job and document

struct Answer {
    struct Delete {
        void operator()(ipp_t* ipp) const { ippDelete(ipp); }
    };
    std::unique_ptr<ipp_t, Delete> ipp;
    ipp_status_t status = IPP_STATUS_ERROR_SERVICE_UNAVAILABLE;

    bool good() const { return ipp && status < IPP_STATUS_REDIRECTION_OTHER_SITE; }
    ipp_attribute_t* find(const char* name) const { return ippFindAttribute(ipp.get(), name, IPP_TAG_ZERO); }
    int number(const char* name, int otherwise) const {
        auto* attribute = find(name);
        const auto tag = attribute ? ippGetValueTag(attribute) : IPP_TAG_ZERO;
        return tag == IPP_TAG_INTEGER || tag == IPP_TAG_ENUM ? ippGetInteger(attribute, 0) : otherwise;
    }
};

/// Whoever answers that the socket's owner is not let in, or not at all, is of no help to a resident either.
tl::unexpected<base::Problem> problemOf(const Answer& answer) {
    const auto with = [&](ProblemKind kind) {
        return fail(kind, {{"detail", ippErrorString(answer.status)}});
    };
    switch (answer.status) {
        case IPP_STATUS_ERROR_NOT_FOUND:
        case IPP_STATUS_ERROR_GONE:
            return with(ProblemKind::PrinterMissing);
        case IPP_STATUS_ERROR_SERVICE_UNAVAILABLE:
        case IPP_STATUS_ERROR_INTERNAL:
            return with(ProblemKind::PrintingAway);
        default:
            return with(ProblemKind::PrinterStopped);
    }
}

/// The account this runs as: CUPS lets the owner of a job cancel it, by the credentials of the socket.
void sayWhoWeAre() {
    const auto* account = getpwuid(geteuid());
    cupsSetUser(account ? account->pw_name : kName);
}

}  // namespace

class PrintServer::Line {
  public:
    explicit Line(std::string socket) : socket_(std::move(socket)) { sayWhoWeAre(); }
    ~Line() { close(); }

    struct Request {
        ipp_op_t operation;
        std::string queue;
        int job = 0;
    };
    ipp_t* make(const Request& about) const {
        char uri[1024];
        httpAssembleURIf(HTTP_URI_CODING_ALL, uri, sizeof uri, "ipp", nullptr, "localhost", 0, "/printers/%s",
                         about.queue.c_str());
        ipp_t* request = ippNewRequest(about.operation);
        ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", nullptr, uri);
        if (about.job > 0) ippAddInteger(request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", about.job);
        ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", nullptr, cupsUser());
        return request;
    }
    /// Takes the request over. Once more on a fresh connection when the kept one has ended meanwhile.
    Answer ask(ipp_t* request, const std::string& resource) {
        const bool kept = http_ != nullptr;
        if (!open()) return ippDelete(request), Answer();
        ipp_t* again = kept ? copyOf(request) : nullptr;
        Answer answer = heard(cupsDoRequest(http_, request, resource.c_str()));
        if (!answer.ipp) {
            close();
            if (again) return ask(again, resource);
        }
        ippDelete(again);
        return answer;
    }
    /// The same with a document behind it, in pieces; never twice.
    Answer send(ipp_t* request, const std::string& resource, std::span<const unsigned char> document) {
        if (!open()) return ippDelete(request), Answer();
        http_status_t status = cupsSendRequest(http_, request, resource.c_str(), CUPS_LENGTH_VARIABLE);
        ippDelete(request);
        constexpr std::size_t kPiece = 16 << 10;
        for (std::size_t at = 0; status == HTTP_STATUS_CONTINUE && at < document.size(); at += kPiece)
            status = cupsWriteRequestData(http_, reinterpret_cast<const char*>(document.data()) + at,
                                          std::min(kPiece, document.size() - at));
        Answer answer =
            status == HTTP_STATUS_CONTINUE ? heard(cupsGetResponse(http_, resource.c_str())) : Answer();
        if (!answer.ipp) close();
        return answer;
    }

  private:
    static ipp_t* copyOf(ipp_t* request) {
        ipp_t* copy = ippNewRequest(ippGetOperation(request));
        ippCopyAttributes(
            copy, request, 0,
            [](void*, ipp_t*, ipp_attribute_t* attribute) -> int {
                const std::string_view name = ippGetName(attribute) ? ippGetName(attribute) : "";
                return name != "attributes-charset" && name != "attributes-natural-language";
            },
            nullptr);
        return copy;
    }
    static Answer heard(ipp_t* response) {
        Answer answer;
        answer.ipp.reset(response);
        answer.status = response ? ippGetStatusCode(response) : IPP_STATUS_ERROR_SERVICE_UNAVAILABLE;
        return answer;
    }
    bool open() {
        if (http_) return true;
        const char* host = socket_.empty() ? cupsServer() : socket_.c_str();
        http_ = httpConnect2(host, ippPort(), nullptr, AF_UNSPEC, HTTP_ENCRYPTION_IF_REQUESTED, 1, kConnectMs,
                             nullptr);
        if (http_) httpSetTimeout(http_, kAnswerSeconds, [](http_t*, void*) { return 0; }, nullptr);
        return http_ != nullptr;
    }
    void close() {
        httpClose(http_);
        http_ = nullptr;
    }

    std::string socket_;
    http_t* http_ = nullptr;
};

namespace {

std::string resourceOf(const std::string& queue) {
    return "/printers/" + queue;
}

}  // namespace

PrintServer::PrintServer(std::string socket) : line_(std::make_unique<Line>(std::move(socket))) {}
PrintServer::~PrintServer() = default;

Result<PrintServer::Queue> PrintServer::look(const std::string& queue) {
    const auto answer = line_->ask(line_->make({IPP_OP_GET_PRINTER_ATTRIBUTES, queue}), resourceOf(queue));
    if (!answer.good()) return problemOf(answer);
    Queue found;
    found.stopped = answer.number("printer-state", IPP_PSTATE_IDLE) == IPP_PSTATE_STOPPED;
    auto* accepting = answer.find("printer-is-accepting-jobs");
    if (accepting && ippGetValueTag(accepting) == IPP_TAG_BOOLEAN)
        found.accepting = ippGetBoolean(accepting, 0) != 0;
    auto* reasons = answer.find("printer-state-reasons");
    for (int i = 0; reasons && i < ippGetCount(reasons); ++i)
        if (const char* reason = ippGetString(reasons, i, nullptr)) found.reasons.emplace_back(reason);
    return found;
}

Result<int> PrintServer::print(const std::string& queue, const Page& page) {
    ipp_t* create = line_->make({IPP_OP_CREATE_JOB, queue});
    const auto named = [](ipp_t* request, ipp_tag_t group, ipp_tag_t tag, const char* name,
                          const char* value) { ippAddString(request, group, tag, name, nullptr, value); };
    named(create, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", kName);
    // As large as it was set: its margins are the printer's own, and a code to scan has its size.
    named(create, IPP_TAG_JOB, IPP_TAG_KEYWORD, "print-scaling", "none");
    named(create, IPP_TAG_JOB, IPP_TAG_KEYWORD, "media", page.media.c_str());
    named(create, IPP_TAG_JOB, IPP_TAG_NAME, "job-sheets",
          "none");  // no page with an account's name before ours
    const auto created = line_->ask(create, resourceOf(queue));
    if (!created.good()) return problemOf(created);
    const int job = created.number("job-id", 0);
    if (job <= 0) return fail(ProblemKind::PrintingAway, {{"detail", "job-id"}});

    ipp_t* send = line_->make({IPP_OP_SEND_DOCUMENT, queue, job});
    named(send, IPP_TAG_OPERATION, IPP_TAG_NAME, "document-name", kName);
    named(send, IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", "application/pdf");
    ippAddBoolean(send, IPP_TAG_OPERATION, "last-document", 1);
    const auto sent = line_->send(send, resourceOf(queue), page.pdf);
    if (sent.good()) return job;
    (void)purge(queue, job);
    return problemOf(sent);
}

Result<PrintServer::JobState> PrintServer::state(const std::string& queue, int job) {
    const auto answer = line_->ask(line_->make({IPP_OP_GET_JOB_ATTRIBUTES, queue, job}), resourceOf(queue));
    if (answer.status == IPP_STATUS_ERROR_NOT_FOUND) return fail(ProblemKind::NotFound);
    if (!answer.good()) return problemOf(answer);
    const int state = answer.number("job-state", 0);
    if (state < static_cast<int>(JobState::Pending) || state > static_cast<int>(JobState::Completed))
        return fail(ProblemKind::PrintingAway, {{"detail", "job-state"}});
    return static_cast<JobState>(state);
}

Result<void> PrintServer::purge(const std::string& queue, int job) {
    ipp_t* request = line_->make({IPP_OP_CANCEL_JOB, queue, job});
    ippAddBoolean(request, IPP_TAG_OPERATION, "purge-job", 1);
    const auto answer = line_->ask(request, resourceOf(queue));
    if (answer.good() || answer.status == IPP_STATUS_ERROR_NOT_FOUND) return {};
    return problemOf(answer);
}

}  // namespace tram::press
