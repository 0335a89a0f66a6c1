// The tests call chrome.tabs.duplicate in here.
