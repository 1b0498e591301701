#pragma once
#include <optional>

#include "identity/ScannedText.h"
#include "ui/screens/CityParts.h"

namespace tram::screens {

/// Home's search: one field, results while typing over all kinds, the services of this station, and codes.
class CitySearchScreen final : public Screen {
  public:
    explicit CitySearchScreen(Host& host);
    std::string name() const override { return "city_search"; }
    Page render() override;

  private:
    void look();
    kit::Views services();
    kit::ViewRef turnRow(const std::vector<std::string>& typed);
    kit::Views kinds();
    kit::ViewRef codeRow();
    kit::ViewRef formerWard();
    kit::ViewRef head(const catalogue::Kind& kind, bool more);
    kit::Views found();
    kit::ViewRef suggestions();

    Host& host_;
    CityRef city_;
    std::shared_ptr<kit::TextEdit> typed_;
    std::vector<content::City::Item> items_;
    std::optional<identity::Scanned> code_;
};

kit::ViewRef searchButton(Host& host, std::string id, bool brief);
/// What looks like a field and leads here, with *Quét mã* beside it where there is room for words.
kit::ViewRef searchBar(Host& host, std::string id);

}  // namespace tram::screens
