#pragma once
#include <functional>

#include "base/Result.h"
#include "base/Secret.h"
#include "wire/Mine.h"
#include "wire/MyServices.h"

namespace tram::account {

/// How the gateway is asked what a resident has (link::ResidentLine). Each takes the resident's token first,
/// and blocks: in the background only. Problems as GatewayClient's: Unauthorized when the login is over.
struct MyLine {
    template <class Answer>
    using Ask = std::function<base::Result<Answer>(const base::SecretText& token)>;

    Ask<wire::MyServices> services;
    std::function<base::Result<wire::MyServices>(const base::SecretText& token, const wire::MyServices&)>
        keepServices;  ///< Conflict: another one is kept by now
    Ask<wire::MyNotices> notices;
    std::function<base::Result<void>(const base::SecretText& token, const wire::NoticesSeen&)> noticesSeen;
    Ask<wire::MyDocuments> documents;  ///< NotFound: the city has no source of them
    Ask<wire::MyAccount> account;
    Ask<wire::MyAppointments> appointments;
    Ask<wire::MyConsents> consents;
    Ask<wire::MyRights> rights;
};

}  // namespace tram::account
