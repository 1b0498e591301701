#pragma once
#include "form/Guide.h"
#include "ui/screens/CityParts.h"

namespace tram::screens {

/// What there is help with: apps to install first, then what else one does with a phone.
class GuidesScreen final : public Screen {
  public:
    explicit GuidesScreen(Host& host);
    std::string name() const override { return listed_.empty() ? "guides_nothing" : "guides"; }
    Page render() override;

  private:
    struct Listed {
        std::string id, json;  ///< `json`: "" of one that is only read
        form::Bilingual title, about;
        bool app = false;
        content::City::Item item;
    };
    kit::ViewRef row(const Listed& listed) const;

    Host& host_;
    CityRef city_;
    std::vector<Listed> listed_;
    content::City::Listing found_;
};

}  // namespace tram::screens
