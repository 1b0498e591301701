#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/Scheduler.h"
#include "base/Secret.h"
#include "wire/DossierCode.h"
#include "wire/DossierStatus.h"

namespace tram::dossier {

namespace situation {
struct TypingCode {
    std::string text;  ///< exactly what stands in the field
    wire::DossierReading reading;
};
struct AskingGateway {
    std::string code;
};
struct Found {
    wire::DossierStatus status;
    bool fromMine = false;  ///< opened from the resident's list: back() leads there
};
/// The gateway's source knows no such dossier.
struct NotFound {
    std::string code;
    bool elsewhere;  ///< another province's or a ministry's: the city's source need not know it
};
/// No network, too many attempts (TooManyRequests), the source does not answer (ServerFault, fact detail =
/// "source"), logged out meanwhile (Unauthorized), …
struct AskFailed {
    base::Problem problem;
    std::string code;  ///< "" when the resident's list was asked for
};
struct AskingMine {};
struct MyList {
    wire::MyDossiers mine;  ///< may be empty
};
}  // namespace situation
using DossierState =
    std::variant<situation::TypingCode, situation::AskingGateway, situation::Found, situation::NotFound,
                 situation::AskFailed, situation::AskingMine, situation::MyList>;

/// Where a dossier stands: by its code, or out of the resident's own.
class DossierFlow {
  public:
    /// Both block and are called in the background, perhaps at the same time.
    struct Ask {
        std::function<base::Result<wire::DossierStatus>(const std::string& code)> byCode;
        std::function<base::Result<wire::MyDossiers>()> mine;  ///< empty while nobody is logged in
        /// byCode with the secret of its slip, by which it may be rated; empty where nobody can.
        std::function<base::Result<wire::DossierStatus>(const std::string& code,
                                                        const base::SecretText& slipSecret)>
            bySlip = nullptr;
    };
    DossierFlow(Ask ask, wire::DossierPatterns patterns, base::Scheduler& scheduler);

    std::function<void()> onChange;
    const DossierState& state() const { return state_; }
    void type(std::string_view typed);  ///< what stands in the field now; an answer still awaited is dropped
    bool ask();                         ///< false unless what is typed is a whole code
    /// A scanned one, asked at once, with what its slip carries beside it; false when it is none.
    bool open(std::string_view code, base::SecretText slipSecret = base::SecretText());
    /// The one shown was rated here: its page says so at once.
    void rated();
    void again();    ///< the same once more, from any result
    void another();  ///< back to an empty field
    bool canAskMine() const { return static_cast<bool>(ask_.mine); }
    void mine();  ///< asks for the resident's own; nothing while nobody is logged in
    /// One of the resident's own, by its code alone: whose it is tells that it may be rated.
    void openOwn(const std::string& code);
    bool show(std::size_t ofMyList);  ///< from MyList, without asking: the list brought it all
    void back();                      ///< from one of the list to the list

  private:
    void askFor(std::string code);
    void keepRight(wire::DossierStatus& status) const;
    void answered(const std::string& code, base::Result<wire::DossierStatus> status);
    void changed();

    Ask ask_;
    wire::DossierPatterns patterns_;
    base::Scheduler& scheduler_;
    DossierState state_;
    std::string code_;                              ///< asked for last; "": the list was
    std::shared_ptr<const base::SecretText> slip_;  ///< of `code_`; null when only the code is known
    std::optional<wire::MyDossiers> mine_;
    base::Lifetime lifetime_;
};

}  // namespace tram::dossier
