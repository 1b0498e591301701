// What a resident has, as ResidentLine asks for it.
#include "link/Answers.h"
#include "link/ResidentLine.h"

namespace tram::link {

using base::ProblemKind;
using base::Result;

net::HttpRequest ResidentLine::sending(const char* method, const char* path, std::string body) const {
    auto ask = client_->request(method, path);
    ask.headers.emplace_back("Content-Type", "application/json");
    ask.body = std::move(body);
    return ask;
}

/// The text of the answer is overwritten once it is read.
template <class Answer>
Result<Answer> ResidentLine::mine(const base::SecretText& accessToken, net::HttpRequest ask) {
    if (!isBearer(accessToken.reveal())) return base::fail(ProblemKind::OutOfRange);
    const std::lock_guard lock(mutex_);
    auto response = askAs(accessToken.reveal(), std::move(ask));
    if (!response) return tl::unexpected(response.error());
    if (auto fine = expectJson(*response); !fine) return tl::unexpected(sourceFault(*response, fine.error()));
    const base::SecretText body(std::move(response->body));
    auto answer = Answer::parse(body.reveal());
    if (!answer) return tl::unexpected(badShape(answer.error()));
    return answer;
}

Result<wire::MyServices> ResidentLine::myServices(const base::SecretText& accessToken) {
    return mine<wire::MyServices>(accessToken, client_->request("GET", "/v1/me/services"));
}

Result<wire::MyServices> ResidentLine::keepServices(const base::SecretText& accessToken,
                                                    const wire::MyServices& chosen) {
    return mine<wire::MyServices>(accessToken, sending("PUT", "/v1/me/services", chosen.toJson()));
}

Result<wire::MyNotices> ResidentLine::myNotices(const base::SecretText& accessToken) {
    return mine<wire::MyNotices>(accessToken, client_->request("GET", "/v1/me/notices"));
}

Result<void> ResidentLine::noticesSeen(const base::SecretText& accessToken, const wire::NoticesSeen& seen) {
    if (!isBearer(accessToken.reveal())) return base::fail(ProblemKind::OutOfRange);
    const std::lock_guard lock(mutex_);
    const auto response = askAs(accessToken.reveal(), sending("POST", "/v1/me/notices/seen", seen.toJson()));
    if (!response) return tl::unexpected(response.error());
    return expectSuccess(*response);
}

Result<wire::MyDocuments> ResidentLine::myDocuments(const base::SecretText& accessToken) {
    return mine<wire::MyDocuments>(accessToken, client_->request("GET", "/v1/me/documents"));
}

Result<wire::MyAccount> ResidentLine::myAccount(const base::SecretText& accessToken) {
    return mine<wire::MyAccount>(accessToken, client_->request("GET", "/v1/me/account"));
}

Result<wire::MyAppointments> ResidentLine::myAppointments(const base::SecretText& accessToken) {
    return mine<wire::MyAppointments>(accessToken, client_->request("GET", "/v1/me/appointments"));
}

Result<wire::MyConsents> ResidentLine::myConsents(const base::SecretText& accessToken) {
    return mine<wire::MyConsents>(accessToken, client_->request("GET", "/v1/me/consents"));
}

Result<wire::MyRights> ResidentLine::myRights(const base::SecretText& accessToken) {
    return mine<wire::MyRights>(accessToken, client_->request("GET", "/v1/me/rights"));
}

}  // namespace tram::link
