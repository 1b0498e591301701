#pragma once
#include <variant>

#include "ui/screens/Host.h"

namespace tram::screens {

/// *Phản ánh của tôi*: what this resident has sent while logged in, at any station. Codes, fields and states;
/// what was written stays closed.
class MyReportsScreen final : public Screen {
  public:
    explicit MyReportsScreen(Host& host);
    std::string name() const override;
    Page render() override;
    std::optional<assist::Errand> helpedErrand() const override { return assist::Errand::Account; }

  private:
    struct Asking {};
    struct Listed {
        link::MyReports all;
    };
    struct Over {};  ///< the login's token is: its quarter of an hour has passed
    struct Failed {
        base::Problem problem;
    };

    void ask();
    void answered(base::Result<link::MyReports> reports);
    void loggedOut();
    Page listed(const link::MyReports& all);
    Page none();
    Page over();
    kit::ViewRef reportRow(const link::MyReports::One& report);
    std::string fieldName(const std::string& id) const;

    Host& host_;
    std::vector<wire::FeedbackField> fields_;  ///< for their names; empty when they cannot be read
    std::variant<Asking, Listed, Over, Failed> state_;
    base::Lifetime lifetime_;
};

}  // namespace tram::screens
