(async()=>{for(;;){try{const answer=await fetch('PATH?v=VERSION');if(await answer.text()!=='VERSION'){location.reload();return}}catch{await new Promise(done=>setTimeout(done,1000))}}})()
